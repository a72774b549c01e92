import socket
import time

listener = socket.create_server(("server", 8080))
connection, address = listener.accept()
connection.recv(1)
time.sleep(0.3)
print(connection.recv(2), connection.recv(10))

connection.send(b"go on")
print(connection.recv(4))  # what is there, and no more

connection.send(b"go on")
while connection.recv(10):
    pass
