import socket

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.sendto(b"a", ("server", 8080))
print(client.recvfrom(1024))
client.close()
