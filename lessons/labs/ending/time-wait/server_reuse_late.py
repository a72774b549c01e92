import socket
import time


def start(reuse):
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, reuse)
    listener.bind(("server", 8080))
    listener.listen()
    return listener


listener = start(reuse=0)
connection, address = listener.accept()
connection.sendall(b"goodbye")
connection.close()
listener.close()

time.sleep(2)
try:
    start(reuse=1)
    print("started again")
except OSError as error:
    print("cannot start again:", error)
