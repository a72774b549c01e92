import socket
import time

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
listener.bind(("server", 8080))
listener.listen()
connection, address = listener.accept()
received = 0
while data := connection.recv(1000):
    received += len(data)
    if received % 20_000 < 1000:
        time.sleep(0.1)  # a short rest now and then
print(received)
