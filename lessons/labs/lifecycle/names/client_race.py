import select
import socket
import time

found = []
for family in socket.AF_INET6, socket.AF_INET:  # the order that most systems prefer
    found += socket.getaddrinfo("server", 8080, family, socket.SOCK_STREAM)
began = time.monotonic()
attempts = []
winner = None
for family, kind, protocol, canonical, address in found:
    attempt = socket.socket(family, kind, protocol)
    attempt.setblocking(False)
    attempt.connect_ex(address)
    attempts.append(attempt)
    _, ready, _ = select.select([], attempts, [], 0.25)  # then the next one, too
    good = [a for a in ready if a.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) == 0]
    if good:
        winner = good[0]
        break
    for failed in ready:
        attempts.remove(failed)
print("connected to", winner.getpeername()[0], "after", round(time.monotonic() - began, 2), "s")
for attempt in attempts:
    attempt.close()
