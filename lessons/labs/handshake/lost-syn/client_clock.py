import socket
import time

connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
connection.settimeout(2.5)
begin = time.monotonic()
try:
    connection.connect(("server", 8080))
    print(f"connected after {time.monotonic() - begin:.2f} s")
except OSError as error:
    print(f"{error} after {time.monotonic() - begin:.2f} s")
connection.close()
