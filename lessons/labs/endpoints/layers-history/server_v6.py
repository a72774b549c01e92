import socket

listener = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
listener.bind(("fd00::2", 8080))
listener.listen()

connection, address = listener.accept()
while data := connection.recv(100):
    print("heard", data)
    connection.sendall(data.upper())
connection.close()
listener.close()
