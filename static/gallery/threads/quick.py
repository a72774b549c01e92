import socket
import time

time.sleep(0.5)  # comes second
began = time.monotonic()
connection = socket.create_connection(("host1", 8080))
print("connected after", round(time.monotonic() - began, 2))
connection.sendall(b"quick one")
print(connection.recv(100), "after", round(time.monotonic() - began, 2))
connection.close()
