import socket

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server = ("server", 8080)

for size in (3000, 65507, 65508):
    try:
        client.sendto(bytes(size), server)
        print(size, "sent")
    except OSError as error:
        print(size, error)

answer, address = client.recvfrom(1024)
print(answer)
client.close()
