import socket
import time

listener = socket.create_server(("server", 8080))
connection, address = listener.accept()
try:
    connection.recv(10, socket.MSG_DONTWAIT)
except BlockingIOError as error:
    print(error.strerror)
time.sleep(0.3)
print(connection.recv(10, socket.MSG_DONTWAIT))
