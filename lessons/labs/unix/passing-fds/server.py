import os
import socket
import struct
import time

listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
listener.bind("/tmp/door")
listener.listen()
connection, address = listener.accept()
pid, uid, gid = struct.unpack("3i", connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
print("process", pid, "of user", uid)

time.sleep(0.7)  # meanwhile the client closes all that it has
text, descriptors, flags, address = socket.recv_fds(connection, 100, 1)
number, arrived = int(text), descriptors[0]
print("came as", arrived)
try:
    print(number, "gives", os.read(number, 100))
except OSError as error:
    print(number, "fails:", error.strerror)
print(arrived, "gives", os.read(arrived, 100))
os.close(arrived)
connection.close()
listener.close()
