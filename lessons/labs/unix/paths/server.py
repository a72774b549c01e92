import os
import socket

PATH = "/tmp/door"


def attempt(name, act):
    try:
        act()
        print(name, "ok")
    except OSError as error:
        print(name, error.errno)


first = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
first.bind(PATH)
first.listen()
first.close()
print("file", os.path.exists(PATH))

second = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
attempt("bind again", lambda: second.bind(PATH))
attempt("connect", lambda: socket.socket(socket.AF_UNIX, socket.SOCK_STREAM).connect(PATH))
os.unlink(PATH)
attempt("bind after unlink", lambda: second.bind(PATH))
attempt("abstract", lambda: socket.socket(socket.AF_UNIX, socket.SOCK_STREAM).bind("\0door"))
