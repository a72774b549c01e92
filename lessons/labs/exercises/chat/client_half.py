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
    guests["alice"].sendall(b"how a")  # and thinks
    time.sleep(0.2)
    guests["bob"].sendall(b"I am here\n")
    hears("carol")
    hears("alice")
    guests["alice"].sendall(b"re you?\nwell?\nbob")  # two ends, and one more beginning
    hears("bob")
    hears("carol")
    hears("bob")
    hears("carol")
    guests["bob"].sendall(b"fine\n")
    hears("carol")
    hears("alice")
except OSError as error:
    print(error)

with socket.create_connection(("server", 8080)) as last:
    last.sendall(b"stop\n")
