import socket

listener = socket.create_server(("server", 8080))
connection, address = listener.accept()
print(connection.recv(1024))
connection.close()
listener.close()
