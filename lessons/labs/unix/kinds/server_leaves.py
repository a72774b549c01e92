import socket
import time

inbox = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
inbox.bind("/tmp/inbox")

time.sleep(1.5)  # busy with something else
print("letters", *(inbox.recv(100).decode() for _ in range(3)))
inbox.close()  # with letters in it
