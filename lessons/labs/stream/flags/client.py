import socket

connection = socket.create_connection(("server", 8080))
connection.sendall(b"!look")
connection.recv(10)
connection.send(b"wa")
connection.send(b"it")
connection.recv(10)
connection.send(b"abc", socket.MSG_OOB)
