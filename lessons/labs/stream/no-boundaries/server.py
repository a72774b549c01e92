import socket
import time

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind(("server", 8080))
listener.listen()

connection, address = listener.accept()
time.sleep(2)
print("one recv:", connection.recv(1024))
connection.sendall(b"next")

sizes = []
while data := connection.recv(65536):
    sizes.append(len(data))
print(sum(sizes), "bytes in", len(sizes), "recvs:", sizes)

connection.close()
listener.close()
