import socket

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.connect(("server", 8080))
client.send(b"a")
print(client.recvfrom(1024))
client.close()
