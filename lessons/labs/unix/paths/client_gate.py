import socket
import time

time.sleep(0.3)
connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
connection.connect("/tmp/gate")
connection.sendall(b"knock")
print(connection.recv(100))
connection.close()
