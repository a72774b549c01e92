import socket
import time

socket.setdefaulttimeout(5)  # seconds


def ask(word):
    connection = socket.create_connection(("host2", 8080))
    connection.sendall(word)
    return connection


slow = ask(b"much")
time.sleep(0.7)  # does not read; everything between it and the server fills up
print(ask(b"little").makefile().read())
print("received", len(slow.makefile("rb").read()))
