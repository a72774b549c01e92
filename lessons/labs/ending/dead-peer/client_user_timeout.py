import socket
import time

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, 1500)
client.connect(("server", 8080))

time.sleep(4)
print("sent", client.send(b"hello"))
try:
    client.recv(1024)
except OSError as error:
    print(error)
