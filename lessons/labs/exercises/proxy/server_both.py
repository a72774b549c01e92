import socket

SIZE = 250_000
socket.setdefaulttimeout(5)  # seconds

listener = socket.create_server(("host3", 8080))
connection, address = listener.accept()
try:
    connection.sendall(bytes(SIZE))  # all of it, before it reads anything
    connection.shutdown(socket.SHUT_WR)
    print("received", len(connection.makefile("rb").read()))
except OSError as error:
    print(error)
connection.close()

connection, address = listener.accept()
connection.sendall(b"next")
connection.close()
