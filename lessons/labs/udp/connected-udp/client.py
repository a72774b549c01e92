import socket
import time


def attempt(what, call, *arguments):
    try:
        print(what, "returned", call(*arguments))
    except OSError as error:
        print(what, "failed:", error)
    time.sleep(1)


plain = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
attempt("sendto a", plain.sendto, b"a", ("server", 9999))
attempt("sendto b", plain.sendto, b"b", ("server", 9999))

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.connect(("server", 9999))
attempt("send c", client.send, b"c")
attempt("send d", client.send, b"d")

client.connect(("server", 8080))
attempt("send e", client.send, b"e")
print(client.recv(1024))
client.close()
plain.close()
