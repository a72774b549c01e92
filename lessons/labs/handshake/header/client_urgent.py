import socket

connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
connection.connect(("server", 8080))
connection.send(b"abc", socket.MSG_OOB)
connection.recv(1)
connection.close()
