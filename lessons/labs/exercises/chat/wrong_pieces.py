import select
import socket

listener = socket.create_server(("server", 8080))
guests = []
stopped = False
while not stopped:
    for ready in select.select([listener, *guests], [], [])[0]:
        if ready is listener:
            guests.append(listener.accept()[0])
            guests[-1].sendall(b"%d\n" % len(guests))
            continue
        data = ready.recv(4096)
        if not data:
            guests.remove(ready)
            ready.close()
        stopped = stopped or data == b"stop\n"
        for other in guests:
            if other is not ready and not stopped:
                other.sendall(data)  # it may be half a line
listener.close()
