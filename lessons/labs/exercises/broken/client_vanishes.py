import socket
import struct
import time

socket.setdefaulttimeout(2)  # seconds


def comes():
    return socket.create_connection(("server", 8080))


def ends():
    with comes() as last:
        last.sendall(b"stop\n")
        print("end" if last.recv(100) == b"" else "more")


try:
    guest = comes()
    guest.sendall(b"price")  # not yet a line
    time.sleep(0.1)
    guest.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    guest.close()  # pulls the plug: a reset
    with comes() as guest:
        guest.sendall(b"price\n")
        print(guest.makefile().readline().strip())
except OSError as error:
    print("failed:", error)
try:
    ends()
except OSError as error:
    print("cannot say stop:", error)
