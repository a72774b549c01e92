import socket
import time

listener = socket.create_server(("server", 8080))
connection, address = listener.accept()
connection.setsockopt(socket.SOL_SOCKET, socket.SO_OOBINLINE, 1)
connection.recv(5)
connection.send(b"go on")
connection.recv(4, socket.MSG_WAITALL)
connection.send(b"go on")
time.sleep(0.5)
print(connection.recv(10), connection.recv(10))
