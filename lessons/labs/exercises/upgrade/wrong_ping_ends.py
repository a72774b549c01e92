import base64
import hashlib
import socket
import struct

CLIENTS = 2  # then the server ends
GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
PROTOCOL_ERROR = struct.pack("!H", 1002)


def upgrade(connection, stream):
    """Answers the request; False when it leads to no WebSocket."""
    stream.readline()  # the request line
    fields = {}
    while (line := stream.readline().strip()):
        name, _, value = line.partition(b":")
        fields[name.lower()] = value.strip()
    if fields.get(b"sec-websocket-version") != b"13":
        connection.sendall(
            b"HTTP/1.1 426 Upgrade Required\r\nUpgrade: websocket\r\nConnection: Upgrade, close\r\n"
            b"Sec-WebSocket-Version: 13\r\nContent-Length: 0\r\n\r\n")
        return False
    accept = base64.b64encode(hashlib.sha1(fields[b"sec-websocket-key"] + GUID).digest())
    connection.sendall(
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n")
    return True


def read(stream, size):
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data


def receive(stream):
    """The next frame: whether it is a message's last one, opcode, data."""
    first, second = read(stream, 2)
    length = second & 127
    if length == 126:
        length, = struct.unpack("!H", read(stream, 2))
    if not second & 128:
        return True, CLOSE, PROTOCOL_ERROR  # a client must mask
    key = read(stream, 4)
    return first >= 128, first & 15, bytes(b ^ key[i % 4] for i, b in enumerate(read(stream, length)))


def send(connection, opcode, data):
    length = bytes([len(data)]) if len(data) < 126 else struct.pack("!BH", 126, len(data))
    connection.sendall(bytes([128 | opcode]) + length + data)


def echo(connection, stream):
    """Sends each message back, until one side has closed."""
    message = b""
    while True:
        last, opcode, data = receive(stream)
        if opcode == CLOSE:
            send(connection, CLOSE, data[:2])
            return
        if opcode == PING:
            send(connection, PONG, data)
            message = b""  # begins afresh after each frame that is complete
        elif opcode != PONG:
            message += data
            if last:
                send(connection, TEXT, message)
                message = b""


def serve(connection):
    stream = connection.makefile("rb")
    try:
        if upgrade(connection, stream):
            echo(connection, stream)
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(4096):
            pass  # closing with bytes unread would be a reset
    except (EOFError, ConnectionError):
        pass  # left without a word
    stream.close()
    connection.close()


listener = socket.create_server(("server", 80))
for number in range(CLIENTS):
    connection, address = listener.accept()
    serve(connection)
listener.close()
