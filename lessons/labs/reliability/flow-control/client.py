import socket

connection = socket.create_connection(("server", 8080))
connection.sendall(bytes(200_000))
connection.close()
print("sent")
