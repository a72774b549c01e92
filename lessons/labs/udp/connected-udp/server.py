import socket

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("server", 8080))
data, address = server.recvfrom(1024)
server.sendto(b"you wrote " + data, address)
server.close()
