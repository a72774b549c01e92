import socket

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for number in range(20):
    client.sendto(b"letter %d" % number, ("server", 8080))
print("20 letters sent, no error")

answer, address = client.recvfrom(1024)
print("the server says:", answer.decode())
client.sendto(b"one more", ("server", 8080))
client.close()
