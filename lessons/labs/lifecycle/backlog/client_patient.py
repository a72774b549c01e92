import socket
import time

began = time.monotonic()
connections = []
for number in range(5):
    connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    connection.setblocking(False)
    connection.connect_ex(("server", 8080))
    connections.append(connection)
    time.sleep(0.1)  # who asks in the same instant may get a cookie, and be forgotten

for connection in connections:
    connection.setblocking(True)
    connection.settimeout(30)
    connection.recv(1)  # the end, once the server has accepted and closed
print("all served after", round(time.monotonic() - began, 1))
