import socket
import time

connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_SYNCNT, 1)
begin = time.monotonic()
try:
    connection.connect(("server", 8080))
    print(f"connected after {time.monotonic() - begin:.2f} s")
except OSError as error:
    print(f"{error.strerror} after {time.monotonic() - begin:.2f} s")
connection.close()
