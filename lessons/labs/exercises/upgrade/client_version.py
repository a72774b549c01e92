import socket

socket.setdefaulttimeout(5)  # seconds


def request(version):
    connection = socket.create_connection(("server", 80))
    connection.sendall(
        b"GET /echo HTTP/1.1\r\nHost: server\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: " + version + b"\r\n\r\n")
    return connection


old = request(b"8")  # of a draft, before the RFC
try:
    print(old.makefile().read())  # to the end
except TimeoutError as error:
    print("no end:", error)
old.close()

new = request(b"13")
print(new.makefile().readline().strip())
new.close()
