import os
import resource
import socket
import struct
import time

resource.setrlimit(resource.RLIMIT_NOFILE, (8, 8))  # on a real server 1024, and it takes a week


def start():
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16384)  # little room, for a short run
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 16384)
    listener.bind(("server", 8080))
    listener.listen()
    return listener


def line(connection):
    """The next line without its end, empty at the client's end. What follows it stays in the kernel."""
    data = b""
    while not data.endswith(b"\n"):
        byte = connection.recv(1)
        if not byte:
            return b""
        data += byte
    return data[:-1]


def price(connection):
    connection.sendall(b"price: " + b"4 euros\n")


def sum_up(connection):
    """Adds the numbers that follow, one a line, up to an empty line."""
    text = b""
    while part := connection.recv(4096):
        text += part
    connection.sendall(b"%d\n" % sum(int(number) for number in text.split()))


def note(connection):
    """Takes a note: two bytes of its length in network order, then the note."""
    (length,) = struct.unpack("!H", connection.recv(2, socket.MSG_WAITALL))
    text = connection.recv(length, socket.MSG_WAITALL)
    connection.sendall(b"noted: " + text + b"\n")


def capitals(connection):
    """Sends all that follows, to the client's end, back in capitals."""
    text = b""
    while part := connection.recv(4096):
        text += part
    connection.sendall(text.upper())


def count(connection):
    """Has the day counted by a process of its own, so that nobody waits for it."""
    if os.fork() == 0:
        connection.close()
        time.sleep(2)  # there is a lot to count
        os._exit(0)
    connection.sendall(b"counting\n")


ACTIONS = {b"price": price, b"sum": sum_up, b"note": note, b"capitals": capitals, b"count": count}
LAST = (b"bye", b"count", b"capitals", b"restart", b"stop")  # after these the connection is over


def serve(connection):
    """Does what the client says, line by line; the last word, empty when it has just ended."""
    while word := line(connection):
        if word in ACTIONS:
            ACTIONS[word](connection)
        elif word not in LAST:
            connection.sendall(b"what?\n")
        if word in LAST:
            return word
    return b""


listener = start()
guests = []
word = b""
while word != b"stop":
    connection, address = listener.accept()
    guests.append(connection)
    try:
        word = serve(connection)
    except ConnectionError:
        word = b""  # this guest is gone, the others are not
    guests.remove(connection)
    connection.close()
    if word == b"restart":
        listener.close()
        listener = start()
listener.close()
