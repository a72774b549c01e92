import socket
import time

time.sleep(0.3)
connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
connection.connect(("server", 8080))
connection.setblocking(False)

accepted = 0
try:
    while True:
        accepted += connection.send(bytes(100_000))
except BlockingIOError as error:
    print(accepted, error.strerror)
