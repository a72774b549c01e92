import socket

outbox = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
outbox.setblocking(False)
taken = refused = 0
for number in range(20):
    try:
        outbox.sendto(str(number).encode(), "/tmp/inbox")
        taken += 1
    except BlockingIOError:
        refused += 1
print(taken, "taken,", refused, "refused")

outbox.setblocking(True)
outbox.sendto(b"end", "/tmp/inbox")
outbox.close()

connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
connection.connect("/tmp/door")
connection.close()
