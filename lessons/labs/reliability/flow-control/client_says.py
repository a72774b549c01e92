import socket

connection = socket.create_connection(("server", 8080))
try:
    connection.sendall(bytes(200_000))
    print("sent")
except OSError as error:
    print(error)
connection.close()
