import socket
import time

inbox = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
inbox.bind("/tmp/inbox")
door = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
door.bind("/tmp/door")
door.listen()

time.sleep(1.5)  # busy with something else
letters = []
while (letter := inbox.recv(100)) != b"end":
    letters.append(letter.decode())
print("letters", *letters)
inbox.close()

connection, address = door.accept()
print("messages", connection.recv(100), connection.recv(100), connection.recv(100))
connection.close()
door.close()
