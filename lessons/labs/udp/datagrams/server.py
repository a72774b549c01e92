import socket

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("server", 8080))

for size in (1024, 1024, 1024, 4, 1024):
    data, address = server.recvfrom(size)
    print(len(data), "bytes:", data)

server.sendto(b"got it", address)
server.close()
