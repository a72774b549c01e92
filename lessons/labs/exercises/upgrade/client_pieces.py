import os
import socket
import time

TEXT = 1
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
    length = bytes([128 | len(data)]) if len(data) < 126 else b"\xfe" + len(data).to_bytes(2, "big")
    masked = bytes(b ^ key[i % 4] for i, b in enumerate(data))
    return bytes([128 | opcode]) + length + key + masked


def receive(stream):
    """A frame's opcode and data."""
    first, length = stream.read(2)
    if length == 126:
        length = int.from_bytes(stream.read(2), "big")
    return first & 15, stream.read(length)


def hesitant(connection, stream):
    whole = frame(TEXT, b"Hello")
    for piece in whole[:1], whole[1:4], whole[4:9], whole[9:]:
        connection.sendall(piece)
        time.sleep(0.05)  # thinks
    print(*receive(stream))


def hurried(connection, stream):
    connection.sendall(frame(TEXT, b"one") + frame(TEXT, b"two"))  # in a hurry
    connection.sendall(frame(TEXT, b"long " * 60))
    for number in range(3):
        opcode, data = receive(stream)
        print(opcode, len(data), "bytes")


for talk in hesitant, hurried:
    connection, stream = upgraded()
    with connection, stream:
        try:
            talk(connection, stream)
        except (OSError, ValueError) as error:
            print("no answer:", error)
