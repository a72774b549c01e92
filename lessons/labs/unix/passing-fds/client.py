import os
import socket

reading, writing = os.pipe()
os.write(writing, b"through the pipe")
connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
connection.connect("/tmp/door")
print("goes as", reading)
socket.send_fds(connection, [b"take it"], [reading])
