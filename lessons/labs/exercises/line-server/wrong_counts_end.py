import socket


def serve(connection):
    """Answers lines until the client's end; True when a line said stop."""
    rest = b""  # of a line whose end has not come
    while data := connection.recv(1024):
        rest += data
        while b"\n" in rest:
            line, rest = rest.split(b"\n", 1)
            if line == b"stop":
                return True
            connection.sendall(b"%d\n" % (len(line) + 1))  # with the end of the line
    return False


listener = socket.create_server(("server", 8080))
stopped = False
while not stopped:
    connection, address = listener.accept()
    with connection:
        try:
            stopped = serve(connection)
        except ConnectionError:
            pass  # this client is gone; the next one is not
listener.close()
