import socket

a = socket.create_connection(("server", 8080))
b = socket.create_connection(("server", 8080))
print(a.recv(100), b.recv(100))
a.close()
b.close()
