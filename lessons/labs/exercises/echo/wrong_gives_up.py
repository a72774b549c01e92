import socket


def serve(connection):
    """Sends back what comes, until the client's end; True when anything came."""
    spoke = False
    while data := connection.recv(65536):
        spoke = True
        rest = memoryview(data)
        while rest:
            rest = rest[connection.send(rest):]  # it takes what there is room for
    return spoke


listener = socket.create_server(("server", 8080))
listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)  # little room; its connections inherit that
stopped = False
while not stopped:
    connection, address = listener.accept()
    connection.settimeout(2)  # seconds that a call may wait
    with connection:
        try:
            stopped = not serve(connection)  # a reset ends it all
        except TimeoutError:
            pass  # this client is silent; the next one is not
listener.close()
