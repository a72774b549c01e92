import os
import socket

TEXT, CLOSE = 1, 8
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


def frame(opcode, data):
    key = os.urandom(4)
    masked = bytes(b ^ key[i % 4] for i, b in enumerate(data))
    return bytes([128 | opcode, 128 | len(data)]) + key + masked


def receive(stream):
    """A frame's opcode and data."""
    first, length = stream.read(2)
    return first & 15, stream.read(length)


def with_reason(connection, stream):
    connection.sendall(frame(TEXT, b"bye") + frame(CLOSE, b"\x03\xe8"))  # 1000: all is done
    print(*receive(stream))
    print(*receive(stream))
    print("end", stream.read())


def without_reason(connection, stream):
    connection.sendall(frame(CLOSE, b""))  # without a reason
    print(*receive(stream))
    print("end", stream.read())


for talk in with_reason, without_reason:
    connection, stream = upgraded()
    with connection, stream:
        try:
            talk(connection, stream)
        except (OSError, ValueError) as error:
            print("no answer:", error)
