import socket

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("server", 8080))

for number in range(5):
    data, address = server.recvfrom(100)
    server.sendto(data.split()[0], address)
server.close()  # and the port belongs to nobody
