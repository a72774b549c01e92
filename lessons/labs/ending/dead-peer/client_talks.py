import socket
import time

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect(("server", 8080))
for number in range(12):
    client.send(b"%d " % number)
    time.sleep(1)
client.close()
