import select
import socket

listeners = []
for number in range(2):
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    listener.bind(("server", 8080))
    listeners.append(listener)
listeners[1].listen(64)
listeners[0].listen(64)

counts = [0, 0]
while sum(counts) < 40:
    for ready in select.select(listeners, [], [])[0]:
        ready.accept()[0].close()
        counts[listeners.index(ready)] += 1
print(*counts)
