import socket
import time

for number in range(2):
    began = time.monotonic()
    connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    connection.sendto(b"hello", socket.MSG_FASTOPEN, ("server", 8080))  # connect and send in one
    print(connection.recv(100), "after", round(1000 * (time.monotonic() - began)), "ms")
    connection.recv(100)
    connection.close()
