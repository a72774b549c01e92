import socket


def serve(connection):
    """Sends back what comes, until the client's end; True when anything came."""
    spoke = False
    while data := connection.recv(65536):
        spoke = True
        text = data.decode()  # a character may come in pieces
        connection.sendall(text.encode())
    return spoke


listener = socket.create_server(("server", 8080))
listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
stopped = False
while not stopped:
    connection, address = listener.accept()
    connection.settimeout(2)
    with connection:
        try:
            stopped = not serve(connection)
        except (ConnectionError, TimeoutError):
            pass
listener.close()
