import socket

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("server", 8080))

for size in (1024, 1024, 1024, 4, 1024):
    data, ancillary, flags, address = server.recvmsg(size)
    print(len(data), "bytes:", data, "(cut)" if flags & socket.MSG_TRUNC else "(whole)")

server.sendto(b"got it", address)
server.close()
