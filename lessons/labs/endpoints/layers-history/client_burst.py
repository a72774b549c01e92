import socket
import time

connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
connection.connect(("server", 8080))

for word in b"first ", b"second ", b"third ":
    connection.send(word)
    time.sleep(0.1)
connection.recv(100)
connection.close()
