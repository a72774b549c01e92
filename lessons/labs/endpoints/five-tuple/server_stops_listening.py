import socket

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind(("server", 8080))
listener.listen()
connection, address = listener.accept()
listener.close()

connection.sendall(b"nobody listens at 8080 any more")
while data := connection.recv(100):
    connection.sendall(data.upper())
connection.close()
