import socket


def serve(connection):
    """Sends back what comes, until the client's end; True when anything came."""
    spoke = False
    while data := connection.recv(65536):
        spoke = True
        connection.send(data)  # and does not look at what it returns
    return spoke


listener = socket.create_server(("server", 8080))
listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)  # little room; its connections inherit that
stopped = False
while not stopped:
    connection, address = listener.accept()
    connection.settimeout(2)  # seconds that a call may wait
    with connection:
        try:
            stopped = not serve(connection)
        except (ConnectionError, TimeoutError):
            pass  # this client is gone, or silent; the next one is not
listener.close()
