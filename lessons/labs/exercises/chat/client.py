import socket

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
    guests["alice"].sendall(b"hello, bob\n")
    hears("bob")
    guests["bob"].sendall(b"hello, alice\n")
    hears("alice")
    comes("carol")
    guests["alice"].sendall(b"we are three\n")
    hears("bob")
    hears("carol")
    guests["bob"].sendall(b"stop\n")
    for name in guests:
        hears(name)
except OSError as error:
    print(error)
