import os
import socket

listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
listener.bind("/tmp/door")
listener.listen()
connection, address = listener.accept()
text, descriptors, flags, address = socket.recv_fds(connection, 100, 1)
print("found by its name:", os.path.exists("/tmp/letter"))
print(os.read(descriptors[0], 4))
connection.sendall(b"your turn")
os.close(descriptors[0])
connection.close()
listener.close()
