import socket
import time

a = socket.create_connection(("server", 8080))
print(a.recv(100))
try:
    socket.create_connection(("server", 8080))
except OSError as error:
    print(error.strerror)
a.sendall(b"so we do")
a.close()
