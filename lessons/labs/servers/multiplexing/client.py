import socket

connection = socket.create_connection(("server", 8080))
connection.sendall(b"more than one byte")
connection.recv(1)
