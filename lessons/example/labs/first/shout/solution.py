import socket

listener = socket.create_server(("server", 8080))
connection, address = listener.accept()
while heard := connection.recv(1024):
    connection.sendall(heard.upper())
connection.close()
listener.close()
