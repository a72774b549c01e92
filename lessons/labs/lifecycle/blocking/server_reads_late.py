import socket
import time

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind(("server", 8080))
listener.listen()

connection, address = listener.accept()
time.sleep(1)  # meanwhile the client fills every buffer there is
received = 0
while data := connection.recv(65536):
    received += len(data)
print(received)
