import socket

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect(("server", 8080))
client.sendall(b"question 1")
print(client.recv(1024))
client.close()
