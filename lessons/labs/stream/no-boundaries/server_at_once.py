import socket

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind(("server", 8080))
listener.listen()

connection, address = listener.accept()
while data := connection.recv(1024):
    print("one recv:", data)

connection.close()
listener.close()
