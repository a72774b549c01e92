import socket

listener = socket.create_server(("server", 8080))
connection, address = listener.accept()
# Here it is your turn.
connection.close()
listener.close()
