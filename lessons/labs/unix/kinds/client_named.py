import os
import socket

nameless = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
nameless.sendto(b"who am I?", "/tmp/inbox")
nameless.close()

named = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
named.bind("/tmp/reply")  # where answers may come to
named.sendto(b"and who am I?", "/tmp/inbox")
print(named.recv(100))
named.close()
os.unlink("/tmp/reply")
