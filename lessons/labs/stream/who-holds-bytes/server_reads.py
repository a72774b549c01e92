import socket
import time

listener = socket.create_server(("server", 8080))
connection, address = listener.accept()
time.sleep(1)  # the client has closed long before
received = 0
while data := connection.recv(65536):
    received += len(data)
print(received)
