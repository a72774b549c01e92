import socket
import time

listener = socket.socket()
listener.bind(("server", 8080))
listener.listen()
connection, address = listener.accept()
time.sleep(0.5)
size = 0
while data := connection.recv(4096):
    size += len(data)
print("received", size)
connection.close()
