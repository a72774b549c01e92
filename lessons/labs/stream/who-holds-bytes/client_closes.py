import socket

connection = socket.create_connection(("server", 8080))
connection.sendall(bytes(300_000))
connection.close()
print("closed")
