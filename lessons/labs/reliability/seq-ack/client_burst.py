import socket
import time

connection = socket.create_connection(("server", 8080))
connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
time.sleep(0.2)
for number in range(8):
    connection.send(bytes([number]) * 1000)  # one behind the other
time.sleep(1)
connection.close()
