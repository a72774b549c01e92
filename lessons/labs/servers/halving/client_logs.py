import socket
import time


def connected():
    return socket.create_connection(("server", 8080))


logbook = connected()
for line, pause in ((b"line 1", 1.5), (b"line 2", 0.3), (b"line 3", 0)):
    try:
        logbook.sendall(line)
        print(line.decode(), "sent")
    except OSError as error:
        print(line.decode(), "failed:", error.strerror)
        logbook = connected()
        logbook.sendall(line)
        print(line.decode(), "sent again")
    time.sleep(pause)
logbook.close()
