import os
import socket

listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
listener.bind("/tmp/door")
os.chmod("/tmp/door", 0o000)  # nobody may write to it: not even the owner
listener.listen()
listener.settimeout(1)
try:
    listener.accept()
except TimeoutError:
    print("nobody came")
listener.close()
