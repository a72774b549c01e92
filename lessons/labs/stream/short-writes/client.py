import socket

connection = socket.create_connection(("server", 8080))
connection.setblocking(False)
print(connection.send(bytes(5_000_000)))
