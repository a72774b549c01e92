import socket


def pieces(connection):
    """What recv returns, as it comes."""
    while data := connection.recv(20):
        yield data


def lines(connection):
    """Messages that end with a newline."""
    rest = b""
    while data := connection.recv(20):
        rest += data
        while b"\n" in rest:
            message, rest = rest.split(b"\n", 1)
            yield message


def counted(connection):
    """Messages with their length before them, in two bytes."""
    rest = b""
    while data := connection.recv(20):
        rest += data
        while len(rest) >= 2 and len(rest) >= 2 + (size := int.from_bytes(rest[:2], "big")):
            yield rest[2:2 + size]
            rest = rest[2 + size:]


listener = socket.create_server(("server", 8080))
for name, framer in ("pieces", pieces), ("lines", lines), ("counted", counted):
    connection, address = listener.accept()
    print(name, list(framer(connection)))
    connection.close()
listener.close()
