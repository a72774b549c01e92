import socket
import statistics
import time


def ask(connection):
    """Milliseconds until a question, written in one part, is answered."""
    began = time.monotonic()
    connection.send(b"name: " + b"kim\n")
    connection.recv(1024)
    return round(1000 * (time.monotonic() - began), 1)


for nodelay in (0, 1):
    connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    connection.connect(("server", 8080))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, nodelay)
    took = [ask(connection) for number in range(5)]
    print("TCP_NODELAY", nodelay, "median", statistics.median(took), "of", took)
    connection.close()
