import socket
import time

began = time.monotonic()
connections = []
for number in range(5):
    connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    connection.setblocking(False)
    connection.connect_ex(("server", 8080))
    connections.append(connection)

for connection in connections:
    connection.setblocking(True)
    connection.settimeout(30)
    connection.recv(1)  # the end, once the server has accepted and closed
print("all served after", round(time.monotonic() - began, 1))
