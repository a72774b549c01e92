import socket
import time

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
listener.bind(("server", 8080))
listener.listen()
connection, address = listener.accept()

time.sleep(2)
heard = 0
while data := connection.recv(1000):
    heard += len(data)
print("heard", heard, "bytes")
connection.close()
listener.close()
