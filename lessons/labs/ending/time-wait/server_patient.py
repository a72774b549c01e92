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
connection.close()
listener.close()

begin = time.monotonic()
while True:
    time.sleep(2)
    try:
        start()
        break
    except OSError as error:
        print(error)
print("started again after", round(time.monotonic() - begin), "seconds")
