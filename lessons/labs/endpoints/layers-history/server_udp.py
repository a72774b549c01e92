import socket

bell = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
bell.bind(("server", 8081))
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("server", 8080))
bell.listen()  # the client starts when somebody listens

data, address = server.recvfrom(100)
print("heard", data)
server.sendto(data.upper(), address)
server.close()
bell.close()
