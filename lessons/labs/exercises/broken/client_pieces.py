import socket
import time

socket.setdefaulttimeout(2)  # seconds


def comes():
    return socket.create_connection(("server", 8080))


def ends():
    with comes() as last:
        last.sendall(b"stop\n")
        print("end" if last.recv(100) == b"" else "more")


try:
    with comes() as guest:
        guest.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        guest.sendall(b"pri")
        time.sleep(0.5)  # thinks
        guest.sendall(b"ce\n")
        print(guest.makefile().readline().strip())
except OSError as error:
    print("failed:", error)
try:
    ends()
except OSError as error:
    print("cannot say stop:", error)
