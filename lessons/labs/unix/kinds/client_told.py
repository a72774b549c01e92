import socket

outbox = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
taken = 0
try:
    for number in range(20):
        outbox.sendto(str(number).encode(), "/tmp/inbox")
        taken += 1
    print(taken, "taken")
except OSError as error:
    print(taken, "taken, then", error.strerror)
outbox.close()
