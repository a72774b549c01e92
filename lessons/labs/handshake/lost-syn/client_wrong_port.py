import socket
import time

connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
begin = time.monotonic()
try:
    connection.connect(("server", 8081))
    print(f"connected after {time.monotonic() - begin:.4f} s")
except OSError as error:
    print(f"{error.strerror} after {time.monotonic() - begin:.4f} s")
connection.close()
