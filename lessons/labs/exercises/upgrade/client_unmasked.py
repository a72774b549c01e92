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


def careless(connection, stream):
    connection.sendall(b"\x81\x05Hello" + frame(TEXT, b"with a mask"))  # the first has none
    print(*receive(stream))
    connection.sendall(frame(CLOSE, b"\x03\xea"))  # 1002, as the server said
    print("end", stream.read())


def careful(connection, stream):
    connection.sendall(frame(TEXT, b"next"))
    print(*receive(stream))


for talk in careless, careful:
    connection, stream = upgraded()
    with connection, stream:
        try:
            talk(connection, stream)
        except (OSError, ValueError) as error:
            print("no answer:", error)
