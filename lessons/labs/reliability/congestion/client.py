import socket
import time

connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_CONGESTION, b"reno")
connection.connect(("server", 8080))

began = time.monotonic()
connection.sendall(bytes(400_000))
connection.shutdown(socket.SHUT_WR)
answer = connection.recv(1024)
took = time.monotonic() - began
print("reno:", answer.decode(), "in", round(took, 1), "s,", round(3200 / took), "kbit/s")

connection.close()
