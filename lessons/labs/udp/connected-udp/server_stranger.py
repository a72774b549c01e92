import socket

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("server", 8080))
stranger = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)

data, address = server.recvfrom(1024)
stranger.sendto(b"from a stranger", address)
server.sendto(b"you wrote " + data, address)
stranger.close()
server.close()
