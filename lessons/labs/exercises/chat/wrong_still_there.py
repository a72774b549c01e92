import select
import socket

listener = socket.create_server(("server", 8080))
poller = select.poll()
poller.register(listener, select.POLLIN)
guests, halves = {}, {}  # by descriptor
stopped = False
while not stopped:
    for number, event in poller.poll():
        if number == listener.fileno():
            guest, address = listener.accept()
            guests[guest.fileno()], halves[guest.fileno()] = guest, b""
            poller.register(guest, select.POLLIN)
            guest.sendall(b"%d\n" % len(guests))
            continue
        data = guests[number].recv(4096)
        if not data:
            poller.unregister(number)
            guests[number].close()  # and stays among the guests
        halves[number] += data
        *lines, halves[number] = halves[number].split(b"\n")
        for line in lines:
            stopped = stopped or line == b"stop"
            for other in guests:
                if other != number and not stopped:
                    guests[other].sendall(line + b"\n")
listener.close()
