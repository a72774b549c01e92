import socket

listener = socket.create_server(("server", 8080))
connection, address = listener.accept()
with connection, connection.makefile("rb") as lines:
    for line in lines:
        connection.sendall(b"hello " + line)
