import socket
import time


def start():
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.bind(("server", 8080))
    listener.listen()
    return listener


listener = start()
connection, address = listener.accept()
connection.sendall(b"version 1")
connection.close()
listener.close()

for attempt in range(3):
    time.sleep(0.5)
    try:
        start()
        print("version 2 runs")
        break
    except OSError as error:
        print("version 2:", error.strerror)
