import socket

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.connect(("server", 9999))
client.send(b"a")
try:
    print(client.recv(1024))
except OSError as error:
    print("recv failed:", error)
client.close()
