import socket

connection = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
connection.connect(("fd00::2", 8080))
connection.send(b"hello")
connection.recv(100)
connection.close()
