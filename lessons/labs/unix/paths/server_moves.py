import os
import socket

listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
listener.bind("/tmp/door")
listener.listen()
os.rename("/tmp/door", "/tmp/gate")  # the name goes, the socket stays

connection, address = listener.accept()
connection.sendall(connection.recv(100) + b", by another name")
connection.close()
listener.close()
