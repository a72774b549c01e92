import socket
import time

connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
connection.connect(("server", 8080))
print("connected")
time.sleep(1)  # thinks about what to say
connection.sendall(b"hello")
connection.recv(100)
connection.close()
