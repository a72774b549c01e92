import socket

socket.setdefaulttimeout(2)  # seconds


def comes():
    return socket.create_connection(("server", 8080))


def ends():
    with comes() as last:
        last.sendall(b"stop\n")
        print("end" if last.recv(100) == b"" else "more")


try:
    with socket.socket() as guest:
        guest.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16384)  # little room, for a short run
        guest.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 16384)
        guest.connect(("server", 8080))
        guest.sendall(b"capitals\n" + b"a" * 300_000)  # all of it, before it reads anything
        guest.shutdown(socket.SHUT_WR)
        print(guest.makefile().read().count("A"), "capitals")
except OSError as error:
    print("failed:", error)
try:
    ends()
except OSError as error:
    print("cannot say stop:", error)
