import os
import socket

reading, writing = os.pipe()
connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
connection.connect("/tmp/door")
socket.send_fds(connection, [b"read this pipe"], [reading])
os.close(reading)
print(connection.recv(100))
try:
    os.write(writing, b"can you hear me?")
    print("written")
except OSError as error:
    print("writing fails:", error.strerror)
os.close(writing)
connection.close()
