import socket

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server = ("server", 8080)

for data in (b"one", b"two", b"", b"1234567890", b"last"):
    client.sendto(data, server)

try:
    client.sendto(bytes(65508), server)
except OSError as error:
    print(error)

answer, address = client.recvfrom(1024)
print(answer, "from", address)
client.close()
