import socket

connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
connection.bind(("client", 5000))
connection.connect(("server", 8080))
connection.send(b"hello")
print(connection.recv(1024))
connection.close()
