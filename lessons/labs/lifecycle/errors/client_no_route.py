import socket
import time

for address in ("192.0.2.1", "10.0.0.9"):
    connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    began = time.monotonic()
    try:
        connection.connect((address, 8080))
    except OSError as error:
        print(address, error.errno, error.strerror, round(time.monotonic() - began, 2))
    connection.close()
