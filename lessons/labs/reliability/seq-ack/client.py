import socket
import time

connection = socket.create_connection(("server", 8080))
connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
time.sleep(0.2)
for number in range(8):
    connection.send(bytes([number]) * 1000)  # a thousand 0s, a thousand 1s, …
    time.sleep(0.02)
time.sleep(1)
connection.close()
