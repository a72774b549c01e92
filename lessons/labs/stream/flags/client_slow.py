import socket
import time

connection = socket.create_connection(("server", 8080))
connection.sendall(b"!look")
connection.recv(10)
connection.send(b"wa")
time.sleep(0.5)
connection.send(b"it")
connection.recv(10)
