import socket
import time


def start():
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.bind(("server", 8080))
    listener.listen()
    return listener


listener = start()
connection, address = listener.accept()
connection.sendall(b"goodbye")
while connection.recv(1024):
    pass
connection.close()
listener.close()

time.sleep(2)
try:
    start()
    print("started again")
except OSError as error:
    print("cannot start again:", error)
