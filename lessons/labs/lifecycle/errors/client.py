import socket
import time


def attempt(name, address, **options):
    connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    for option, value in options.items():
        connection.setsockopt(socket.IPPROTO_TCP, getattr(socket, option), value)
    began = time.monotonic()
    try:
        connection.connect(address)
    except OSError as error:
        print(name, error.errno, round(time.monotonic() - began, 2))
    connection.close()


attempt("nobody listens", ("server", 9))
attempt("no answer", ("server", 8080), TCP_SYNCNT=1)
attempt("no such host", ("10.0.0.9", 8080))

first = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
first.bind(("client", 9000))
second = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
try:
    second.bind(("client", 9000))
except OSError as error:
    print("taken", error.errno, 0)
