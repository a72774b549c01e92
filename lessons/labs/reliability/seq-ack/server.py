import socket

listener = socket.create_server(("server", 8080))
connection, address = listener.accept()
received = b""
while data := connection.recv(65536):
    received += data
print(len(received), "in order" if received == bytes(sorted(received)) else "out of order")
connection.close()
