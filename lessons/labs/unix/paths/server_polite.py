import os
import socket

PATH = "/tmp/door"

if os.path.exists(PATH):
    os.unlink(PATH)  # what an earlier run may have left
listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
listener.bind(PATH)
listener.listen()
connection, address = listener.accept()
connection.sendall(connection.recv(100) + b"!")
connection.close()
listener.close()
os.unlink(PATH)
print("file", os.path.exists(PATH))
