import os
import socket

TEXT, PING = 1, 9
socket.setdefaulttimeout(5)  # seconds


def upgraded():
    """A connection that is a WebSocket, and its stream behind the answer's head."""
    connection = socket.create_connection(("server", 80))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection.sendall(
        b"GET /echo HTTP/1.1\r\nHost: server\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
    stream = connection.makefile("rb")
    while stream.readline().strip():
        pass
    return connection, stream


def frame(opcode, data, last=True):
    key = os.urandom(4)
    masked = bytes(b ^ key[i % 4] for i, b in enumerate(data))
    return bytes([128 * last | opcode, 128 | len(data)]) + key + masked


def receive(stream):
    """A frame's opcode and data."""
    first, length = stream.read(2)
    return first & 15, stream.read(length)


def ping(connection, stream):
    connection.sendall(frame(PING, b"still there?"))
    print(*receive(stream))


def ping_between(connection, stream):
    connection.sendall(frame(TEXT, b"Hel", last=False))
    connection.sendall(frame(PING, b""))  # may stand between the parts of a message
    connection.sendall(frame(0, b"lo"))  # goes on, and ends
    print(*receive(stream))
    print(*receive(stream))


for talk in ping, ping_between:
    connection, stream = upgraded()
    with connection, stream:
        try:
            talk(connection, stream)
        except (OSError, ValueError) as error:
            print("no answer:", error)
