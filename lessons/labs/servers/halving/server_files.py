import socket
import time

listener = socket.create_server(("server", 8080))
connection, address = listener.accept()
began = time.monotonic()
size = 0
while part := connection.recv(4096):
    size += len(part)
print("file of %d bytes complete after %.1f s" % (size, time.monotonic() - began))
connection.close()
