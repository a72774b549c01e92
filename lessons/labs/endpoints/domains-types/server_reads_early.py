import socket

listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
listener.bind("/tmp/stream")
listener.listen()

connection, address = listener.accept()
while data := connection.recv(100):
    print(data)
connection.close()
listener.close()
