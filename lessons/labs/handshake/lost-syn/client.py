import socket
import time

connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
begin = time.monotonic()
try:
    connection.connect(("server", 8080))
    print(f"connected after {time.monotonic() - begin:.2f} s")
    print(connection.recv(100))
except OSError as error:
    print(f"{error.strerror} after {time.monotonic() - begin:.2f} s")
connection.close()
