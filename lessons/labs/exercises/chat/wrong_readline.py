import select
import socket

listener = socket.create_server(("server", 8080))
guests = {}  # by connection: a file that has lines
stopped = False
while not stopped:
    for ready in select.select([listener, *guests], [], [])[0]:
        if ready is listener:
            guest, address = listener.accept()
            guests[guest] = guest.makefile("rb")
            guest.sendall(b"%d\n" % len(guests))
            continue
        line = guests[ready].readline()  # waits for the rest of the line
        if not line:
            del guests[ready]
            ready.close()
        stopped = stopped or line == b"stop\n"
        for other in guests:
            if other is not ready and not stopped:
                other.sendall(line)
listener.close()
