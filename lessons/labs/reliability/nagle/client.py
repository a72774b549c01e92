import socket
import statistics
import time


def ask(nodelay):
    """How long write, write, read takes in the middle, in milliseconds."""
    connection = socket.create_connection(("server", 8080))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, nodelay)
    took = []
    for number in range(5):
        began = time.monotonic()
        connection.send(b"1234567890")
        connection.send(b"1234567890")
        connection.recv(100)
        took.append((time.monotonic() - began) * 1000)
    connection.close()
    return round(statistics.median(took), 2)


print(ask(0), ask(1))
