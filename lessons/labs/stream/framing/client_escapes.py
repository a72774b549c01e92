import socket

MESSAGES = b"name: kim", b"first line\nsecond line", b"bye"


def escaped(message):
    """A newline in the message becomes two other bytes, so that the end has it alone."""
    return message.replace(b"\\", b"\\\\").replace(b"\n", b"\\n") + b"\n"


for number in range(3):
    connection = socket.create_connection(("server", 8080))
    connection.sendall(b"".join(escaped(m) for m in MESSAGES))
    connection.close()
