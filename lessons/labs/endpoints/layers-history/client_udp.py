import socket

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.sendto(b"hello", ("server", 8080))
print(client.recvfrom(100))
client.close()
