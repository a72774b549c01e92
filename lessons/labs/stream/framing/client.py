import socket
import time

MESSAGES = b"name: kim", b"first line\nsecond line", b"bye"


def cut(data):
    """Sends data in two segments, with the cut in the middle of a message."""
    connection = socket.create_connection(("server", 8080))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection.sendall(data[:15])
    time.sleep(0.2)
    connection.sendall(data[15:])
    connection.close()


def with_newline(message):
    return message + b"\n"


def with_length(message):
    return len(message).to_bytes(2, "big") + message


cut(b"".join(MESSAGES))
cut(b"".join(with_newline(m) for m in MESSAGES))
cut(b"".join(with_length(m) for m in MESSAGES))
