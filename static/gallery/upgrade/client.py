import socket
import struct

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
KEY = bytes.fromhex("37fa213d")  # from the RFC; a browser takes a random one for each frame


def send(opcode, data):
    masked = bytes(b ^ KEY[i % 4] for i, b in enumerate(data))
    connection.sendall(bytes([128 | opcode, 128 | len(data)]) + KEY + masked)


def receive():
    first, length = stream.read(2)
    return first & 15, stream.read(length)


connection = socket.create_connection(("server", 80))
stream = connection.makefile("rb")
connection.sendall(
    b"GET /chat HTTP/1.1\r\nHost: server\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
while (line := stream.readline().strip()):
    print(line.decode())

send(TEXT, b"Hello")
opcode = TEXT
while opcode != CLOSE:
    opcode, data = receive()
    print(opcode, data)
    if opcode == PING:
        send(PONG, data)
        send(CLOSE, struct.pack("!H", 1000))
print("end of the stream", stream.read())
