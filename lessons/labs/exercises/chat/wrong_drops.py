import select
import socket

listener = socket.create_server(("server", 8080))
halves = {}  # by guest: what it said, without the end of the line


def tell(guest, text):
    try:
        guest.send(text)
    except BlockingIOError:
        pass  # no room: this guest misses the line
    except ConnectionError:
        pass  # recv will say so, too


def hear(guest):
    """Passes on what the guest said; True when a line said stop."""
    data = guest.recv(4096)
    if not data:
        raise ConnectionError("left")
    halves[guest] += data
    while b"\n" in halves[guest]:
        line, halves[guest] = halves[guest].split(b"\n", 1)
        if line == b"stop":
            return True
        for other in halves:
            if other is not guest:
                tell(other, line + b"\n")
    return False


stopped = False
while not stopped:
    for ready in select.select([listener, *halves], [], [])[0]:
        if ready is listener:
            guest, address = listener.accept()
            guest.setblocking(False)
            halves[guest] = b""
            guest.sendall(b"%d\n" % len(halves))
            continue
        try:
            stopped = hear(ready) or stopped
        except ConnectionError:
            del halves[ready]
            ready.close()
listener.close()
