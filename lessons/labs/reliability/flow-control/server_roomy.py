import socket
import time

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 400_000)
listener.bind(("server", 8080))
listener.listen()
connection, address = listener.accept()
time.sleep(2)  # reads nothing
received = 0
while data := connection.recv(65536):
    received += len(data)
print(received)
