import socket

guests, lines = {}, {}


def comes(name, room=65536):
    guests[name] = socket.socket()
    guests[name].settimeout(4)
    guests[name].setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
    guests[name].connect(("server", 8080))
    lines[name] = guests[name].makefile("r")
    hears(name)


def hears(name):
    print(name, "hears", lines[name].readline().strip() or "the end")


try:
    comes("alice")
    comes("bob")
    comes("carol", 16384)
    said = [f"line {number} ".ljust(999, ".") for number in range(500)]
    guests["alice"].sendall("".join(line + "\n" for line in said).encode())
    heard = [lines["bob"].readline().strip() for line in said]
    print("bob heard all of it" if heard == said else "bob heard something else")
    guests["bob"].sendall(b"and carol?\n")
    hears("alice")
    heard = [lines["carol"].readline().strip() for line in said]  # until now she has read nothing
    print("carol heard all of it" if heard == said else "carol heard something else")
    hears("carol")
except OSError as error:
    print(error)

with socket.create_connection(("server", 8080)) as last:
    last.sendall(b"stop\n")
