import re
import socket


def lines(connection):
    """Messages that end with a newline, in which it is written otherwise."""
    rest = b""
    while data := connection.recv(20):
        rest += data
        while b"\n" in rest:
            message, rest = rest.split(b"\n", 1)
            yield re.sub(rb"\\(.)", lambda m: b"\n" if m[1] == b"n" else m[1], message)


listener = socket.create_server(("server", 8080))
for number in range(3):
    connection, address = listener.accept()
    print("escaped", list(lines(connection)))
    connection.close()
listener.close()
