import base64
import hashlib
import socket
import struct
import time

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10


def head(stream):
    """The headers of a request, to the empty line."""
    fields = {}
    while (line := stream.readline().strip()):
        name, _, value = line.partition(b":")
        fields[name.lower()] = value.strip()
    return fields


unfinished = b""  # a message whose last fragment has not come


def receive(stream):
    """The next message, or the control frame that comes before it: opcode and data."""
    global unfinished
    while True:
        first, second = stream.read(2)
        length = second & 127
        if length == 126:
            length = struct.unpack("!H", stream.read(2))[0]
        if not second & 128:
            return CLOSE, struct.pack("!H", 1002)  # a client must mask: protocol error
        key = stream.read(4)
        data = bytes(b ^ key[i % 4] for i, b in enumerate(stream.read(length)))
        if first & 8:
            return first & 15, data  # a control frame may stand between fragments
        unfinished += data
        if first & 128:
            message, unfinished = unfinished, b""
            return TEXT, message


def send(opcode, data):
    connection.sendall(bytes([128 | opcode, len(data)]) + data)  # a server does not mask


listener = socket.create_server(("server", 80))
connection, address = listener.accept()
stream = connection.makefile("rb")
fields = head(stream)
if fields.get(b"upgrade", b"").lower() != b"websocket":
    connection.sendall(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
    raise SystemExit("no WebSocket")

key = fields[b"sec-websocket-key"] + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
connection.sendall(
    b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Accept: " + base64.b64encode(hashlib.sha1(key).digest()) + b"\r\n\r\n")

opcode, data = receive(stream)
while opcode != CLOSE:
    print(opcode, data)
    if opcode == TEXT:
        send(TEXT, data.upper())
        time.sleep(0.3)
        send(TEXT, b"news that nobody asked for")
        send(PING, b"still there?")
    elif opcode == PING:
        send(PONG, data)
    opcode, data = receive(stream)
print("close", *struct.unpack("!H", data[:2]))
send(CLOSE, data[:2])
connection.shutdown(socket.SHUT_WR)  # the server ends the TCP connection
