import errno
import select
import socket
import sys
import time

waiting = []
for family in socket.AF_INET6, socket.AF_INET:  # the order that most systems prefer
    waiting += socket.getaddrinfo("server", 8080, family, socket.SOCK_STREAM)
began = time.monotonic()
attempts = []
winner = None
while not winner and (waiting or attempts):
    if waiting:
        family, kind, protocol, canonical, address = waiting.pop(0)
        attempt = socket.socket(family, kind, protocol)
        attempt.setblocking(False)
        if attempt.connect_ex(address) in (0, errno.EINPROGRESS):
            attempts.append(attempt)
    patience = 0.25 if waiting else None  # then the next one, too; after the last one, as long as it takes
    _, ready, _ = select.select([], attempts, [], patience)
    for attempt in ready:
        if attempt.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) != 0:
            attempts.remove(attempt)
        elif not winner:
            winner = attempt
if not winner:
    sys.exit("no address of server answers")
print("connected to", winner.getpeername()[0], "after", round(time.monotonic() - began, 2), "s")
for attempt in attempts:
    attempt.close()
