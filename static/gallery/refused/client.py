import socket
import sys

four = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
four.connect(("server", 9))
four.send(b"anyone?")
try:
    four.recv(100)
except ConnectionRefusedError as refusal:
    print(refusal, file=sys.stderr)

six = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
six.sendto(b"hello", ("server", 5000))
print(six.recv(100))

stream = socket.socket()
stream.connect(("server", 9))
