import socket
import time

for number in (1, 2, 3):
    client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    client.connect(("server", 8080))
    client.sendall(b"question %d" % number)
    print(client.recv(1024))
    client.close()
    time.sleep(0.5)
