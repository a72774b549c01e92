import socket

six = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
six.bind(("server", 5000))
while True:
    data, address = six.recvfrom(100)
    six.sendto(data.upper(), address)
