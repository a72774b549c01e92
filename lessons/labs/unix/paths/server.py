import os
import socket

PATH = "/tmp/door"


def attempt(name, call, address):
    s = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        getattr(s, call)(address)
        print(name, "ok")
    except OSError as error:
        print(name, error.errno, error.strerror)
    s.close()


listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
listener.bind(PATH)
listener.listen()
connection, address = listener.accept()
connection.sendall(connection.recv(100) + b", and who are you? " + repr(address).encode())
connection.close()
listener.close()

print("file", os.path.exists(PATH))
attempt("bind again", "bind", PATH)
attempt("connect", "connect", PATH)
os.unlink(PATH)
attempt("bind after unlink", "bind", PATH)
attempt("abstract", "bind", "\0door")
attempt("abstract again", "bind", "\0door")
