import base64
import hashlib
import os
import socket

GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
socket.setdefaulttimeout(5)  # seconds


def meet(key):
    """Asks for a WebSocket, looks at the answer, and leaves."""
    connection = socket.create_connection(("server", 80))
    connection.sendall(
        b"GET /echo HTTP/1.1\r\nHost: server\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Key: " + key + b"\r\nSec-WebSocket-Version: 13\r\n\r\n")
    stream = connection.makefile("rb")
    with connection, stream:
        print(stream.readline().strip().decode())
        fields = {}
        while (line := stream.readline().strip()):
            name, _, value = line.partition(b":")
            fields[name.lower()] = value.strip()
    accept = base64.b64encode(hashlib.sha1(key + GUID).digest())
    print("upgrade", fields.get(b"upgrade", b"").lower() == b"websocket" and b"upgrade" in fields.get(b"connection", b"").lower())
    print("accept", fields.get(b"sec-websocket-accept") == accept)


meet(b"dGhlIHNhbXBsZSBub25jZQ==")  # the sample of RFC 6455
meet(base64.b64encode(os.urandom(16)))
