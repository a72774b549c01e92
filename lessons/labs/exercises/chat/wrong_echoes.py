import selectors
import socket


class Guest:
    """One who is there."""

    def __init__(self, connection):
        self.connection = connection
        self.half = b""  # said, without the end of the line
        self.owed = b""  # for this guest, and not sent yet


def tell(guest, text):
    guest.owed += text
    selector.modify(guest.connection, selectors.EVENT_READ | selectors.EVENT_WRITE, guest)


def send(guest):
    guest.owed = guest.owed[guest.connection.send(guest.owed):]
    if not guest.owed:
        selector.modify(guest.connection, selectors.EVENT_READ, guest)


def hear(guest):
    """Passes on what the guest said; True when a line said stop."""
    data = guest.connection.recv(4096)
    if not data:
        leave(guest)
        return False
    guest.half += data
    while b"\n" in guest.half:
        line, guest.half = guest.half.split(b"\n", 1)
        if line == b"stop":
            return True
        for other in guests:
            tell(other, line + b"\n")  # to the one who spoke, too
    return False


def come():
    connection, address = listener.accept()
    connection.setblocking(False)
    guest = Guest(connection)
    guests.append(guest)
    selector.register(connection, selectors.EVENT_READ, guest)
    tell(guest, b"%d\n" % len(guests))


def leave(guest):
    guests.remove(guest)
    selector.unregister(guest.connection)
    guest.connection.close()


def attend(guest, events):
    """Does what can be done without waiting; True when a line said stop."""
    try:
        if events & selectors.EVENT_WRITE:
            send(guest)
        return bool(events & selectors.EVENT_READ) and hear(guest)
    except ConnectionError:
        leave(guest)
        return False


guests = []
listener = socket.create_server(("server", 8080))
selector = selectors.DefaultSelector()
selector.register(listener, selectors.EVENT_READ)
stopped = False
while not stopped:
    for key, events in selector.select():  # the only place where it sleeps
        if key.fileobj is listener:
            come()
        elif attend(key.data, events):
            stopped = True
for guest in guests:
    guest.connection.close()
listener.close()
