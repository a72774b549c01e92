import socket

inbox = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
inbox.bind("/tmp/inbox")
outbox = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
outbox.setblocking(False)

sent = 0
try:
    while True:
        outbox.sendto(b"letter", "/tmp/inbox")
        sent += 1
except BlockingIOError as error:
    print(sent, "sent, then", error.errno)

inbox.setblocking(False)
received = 0
try:
    while inbox.recv(100):
        received += 1
except BlockingIOError:
    print(received, "received")

one, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
one.send(b"first")
one.send(b"second")
print(other.recv(100), other.recv(100))
