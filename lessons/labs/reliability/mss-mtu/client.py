import socket

connection = socket.create_connection(("server", 8080))
connection.send(bytes(200_000))
connection.close()
