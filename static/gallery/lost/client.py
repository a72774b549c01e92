import socket

connection = socket.create_connection(("server", 8080))
connection.sendall(b"x" * 7000)
connection.close()
