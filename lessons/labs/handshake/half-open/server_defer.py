import socket
import time

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, 10)  # seconds
listener.bind(("server", 8080))
listener.listen(16)
connection, address = listener.accept()
began = time.monotonic()
print(connection.recv(100), "at once:", time.monotonic() - began < 0.1)
connection.close()
listener.close()
