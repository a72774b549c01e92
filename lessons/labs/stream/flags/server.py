import socket
import time

listener = socket.create_server(("server", 8080))
connection, address = listener.accept()
connection.recv(1)
print(connection.recv(10, socket.MSG_PEEK), connection.recv(10))

connection.send(b"go on")
print(connection.recv(4, socket.MSG_WAITALL))

connection.send(b"go on")
time.sleep(0.5)
print(connection.recv(10), connection.recv(10, socket.MSG_OOB))
