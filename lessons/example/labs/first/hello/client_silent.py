import socket

connection = socket.create_connection(("server", 8080))
connection.close()
