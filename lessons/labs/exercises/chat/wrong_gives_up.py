import select
import socket

listener = socket.create_server(("server", 8080))
halves = {}  # by guest: what it said, without the end of the line


def hear(guest):
    """Passes on what the guest said; True when a line said stop."""
    data = guest.recv(4096)
    if not data:
        del halves[guest]
        guest.close()
        return False
    halves[guest] += data
    while b"\n" in halves[guest]:
        line, halves[guest] = halves[guest].split(b"\n", 1)
        if line == b"stop":
            return True
        for other in halves:
            if other is not guest:
                other.sendall(line + b"\n")
    return False


stopped = False
while not stopped:
    for ready in select.select([listener, *halves], [], [])[0]:
        if ready is listener:
            guest, address = listener.accept()
            halves[guest] = b""
            guest.sendall(b"%d\n" % len(halves))
            continue
        stopped = hear(ready) or stopped  # a reset ends it all
listener.close()
