import os
import socket

reading, writing = os.pipe()
os.write(writing, b"through the pipe")
connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
connection.connect("/tmp/door")
print("process", os.getpid(), "gives", reading)
socket.send_fds(connection, [str(reading).encode()], [reading])
os.close(reading)
os.close(writing)
connection.close()
