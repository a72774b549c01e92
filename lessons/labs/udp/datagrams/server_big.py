import socket

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("server", 8080))

for turn in (1, 2):
    data, address = server.recvfrom(65535)
    print("one datagram of", len(data), "bytes")

server.sendto(b"got it", address)
server.close()
