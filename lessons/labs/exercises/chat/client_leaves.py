import socket
import time

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
    guests["bob"].sendall(b"I must g")
    lines["bob"].close()
    guests["bob"].close()  # leaves, in the middle of a line
    time.sleep(0.2)
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
