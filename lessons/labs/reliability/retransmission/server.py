import socket

listener = socket.create_server(("server", 8080))
connection, address = listener.accept()
received = 0
while data := connection.recv(65536):
    received += len(data)
print(received)
