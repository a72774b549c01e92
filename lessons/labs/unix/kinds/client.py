import socket

outbox = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
for number in range(20):
    outbox.sendto(str(number).encode(), "/tmp/inbox")
outbox.sendto(b"end", "/tmp/inbox")
outbox.close()

connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
connection.connect("/tmp/door")
connection.send(b"first")
connection.send(b"second")
connection.close()
