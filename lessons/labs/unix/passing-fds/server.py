import os
import socket

listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
listener.bind("/tmp/door")
listener.listen()
connection, address = listener.accept()
spare = [os.dup(0), os.dup(0)]  # so that the next free number is another one here
message, descriptors, flags, address = socket.recv_fds(connection, 100, 1)
print("arrives as", descriptors[0])
print(os.read(descriptors[0], 100))
