import socket
import struct

socket.setdefaulttimeout(2)  # seconds


def comes():
    return socket.create_connection(("server", 8080))


def ends():
    with comes() as last:
        last.sendall(b"stop\n")
        print("end" if last.recv(100) == b"" else "more")


try:
    with comes() as guest:
        guest.sendall(b"note\n" + struct.pack("!H", 5) + b"hello")
        print(guest.makefile().readline().strip())
except OSError as error:
    print("failed:", error)
try:
    ends()
except OSError as error:
    print("cannot say stop:", error)
