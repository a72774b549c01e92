import socket

listener = socket.create_server(("server", 8080))
connection, address = listener.accept()
data = connection.recv(1024)
# Here it is your turn.
connection.close()
listener.close()
