import os
import socket

connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
connection.connect(("server", 8080))

connection.send(b"hello")
connection.recv(100)
os.write(connection.fileno(), b"hello")
connection.recv(100)
connection.sendmsg([b"hel", b"lo"])
connection.recv(100)

connection.close()
