import json
import socket

listener = socket.create_server(("server", 8080))
for turn in range(2):
    connection, address = listener.accept()
    order = connection.recv(65536)
    try:
        connection.sendall(b"%d items" % len(json.loads(order)))
    except ValueError as error:
        connection.sendall(b"not an order: " + str(error).encode())
    while connection.recv(65536):  # until the client has gone
        pass
    connection.close()
