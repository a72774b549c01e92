import socket

socket.setdefaulttimeout(2)  # seconds


def comes():
    return socket.create_connection(("server", 8080))


def ends():
    with comes() as last:
        last.sendall(b"stop\n")
        print("end" if last.recv(100) == b"" else "more")


try:
    with comes() as guest:
        guest.settimeout(1)
        guest.sendall(b"count\n")
        print(guest.makefile().read().strip(), "and the end")
except OSError as error:
    print("failed:", error)
try:
    ends()
except OSError as error:
    print("cannot say stop:", error)
