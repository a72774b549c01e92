import socket
import time

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
listener.bind(("server", 8080))
listener.listen()
connection, address = listener.accept()
time.sleep(6)  # reads nothing at all
print("gave up")
