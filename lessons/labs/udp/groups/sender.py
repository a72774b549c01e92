import socket

sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)

try:
    sender.sendto(b"to everybody", ("10.0.0.255", 5000))
except OSError as error:
    print(error)

sender.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
sender.sendto(b"to everybody", ("10.0.0.255", 5000))

sender.sendto(b"to the members", ("239.1.2.3", 5000))
sender.close()
