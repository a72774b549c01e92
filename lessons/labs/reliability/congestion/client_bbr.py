import socket
import time

connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
try:
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_CONGESTION, b"bbr")
    name = "bbr"
except OSError as error:  # not every kernel has it, or lets everyone choose it
    name = "not bbr (" + error.strerror + "), but the kernel's own"
connection.connect(("server", 8080))

began = time.monotonic()
connection.sendall(bytes(400_000))
connection.shutdown(socket.SHUT_WR)
answer = connection.recv(1024)
took = time.monotonic() - began
print(name + ":", answer.decode(), "in", round(took, 1), "s,", round(3200 / took), "kbit/s")

connection.close()
