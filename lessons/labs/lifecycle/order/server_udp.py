import socket

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("server", 8080))
request, address = server.recvfrom(1024)
server.sendto(request.upper(), address)
server.close()
