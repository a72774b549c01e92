import socket

sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sender.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
sender.sendto(b"who is there?", ("10.0.0.255", 5000))

sender.settimeout(2)
try:
    while True:
        answer, address = sender.recvfrom(1024)
        print(address[0], "says", answer)
except TimeoutError:
    sender.close()
