import socket
import struct

guests, lines = {}, {}


def comes(name):
    guests[name] = socket.create_connection(("server", 8080), timeout=4)
    lines[name] = guests[name].makefile("r")
    hears(name)


def hears(name):
    print(name, "hears", lines[name].readline().strip() or "the end")


try:
    comes("alice")
    comes("bob")
    comes("carol")
    guests["bob"].setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    lines["bob"].close()
    guests["bob"].close()  # pulls the plug: a reset
    guests["alice"].sendall(b"where is bob?\n")
    hears("carol")
    comes("dave")
    guests["dave"].sendall(b"gone\n")
    hears("alice")
    hears("carol")
except OSError as error:
    print(error)

with socket.create_connection(("server", 8080)) as last:
    last.sendall(b"stop\n")
