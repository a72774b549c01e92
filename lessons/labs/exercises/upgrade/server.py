import socket

CLIENTS = 2  # then the server ends

listener = socket.create_server(("server", 80))
connection, address = listener.accept()
request = connection.recv(4096)
print(request.decode())
# Here it is your turn.
connection.close()
listener.close()
