import socket

listener = socket.create_server(("server", 8080))
connection, address = listener.accept()
connection.sendall(connection.recv(1024).upper())
connection.close()
listener.close()
