import socket

for number in range(40):
    socket.create_connection(("server", 8080)).close()
