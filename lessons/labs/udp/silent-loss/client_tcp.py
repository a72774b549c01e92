import socket

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect(("server", 8080))
for number in range(20):
    letter = b"letter %d" % number
    client.sendall(letter.ljust(500, b"."))
print("20 letters sent, no error")
client.close()
