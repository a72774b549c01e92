import socket
import statistics
import time


def ask(connection, uncork):
    """Milliseconds until a question, written in two parts under a cork, is answered."""
    began = time.monotonic()
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, 1)
    connection.send(b"name: ")
    connection.send(b"kim\n")
    if uncork:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, 0)
    connection.recv(1024)
    return round(1000 * (time.monotonic() - began), 1)


for uncork in (False, True):
    connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    connection.connect(("server", 8080))
    took = [ask(connection, uncork) for number in range(5)]
    print("cork taken out:", uncork, "median", statistics.median(took), "of", took)
    connection.close()
