import select
import socket


def serve(connection):
    """Sends back what comes, until the client's end; True when anything came."""
    spoke, rest = False, b""
    poller = select.poll()
    while True:
        poller.register(connection, select.POLLIN | (select.POLLOUT if rest else 0))
        events = poller.poll(2000)
        if not events:
            return True  # silent
        if events[0][1] & select.POLLIN:
            data = connection.recv(65536)
            if not data:
                return spoke  # and forgets what it has not sent yet
            spoke = True
            rest += data
        elif rest:
            rest = rest[connection.send(rest):]


listener = socket.create_server(("server", 8080))
listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
stopped = False
while not stopped:
    connection, address = listener.accept()
    connection.setblocking(False)
    with connection:
        try:
            stopped = not serve(connection)
        except ConnectionError:
            pass
listener.close()
