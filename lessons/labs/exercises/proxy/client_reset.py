import socket
import struct
import time

socket.setdefaulttimeout(5)  # seconds
connection = socket.create_connection(("host2", 8080))
connection.sendall(b"tell me all of it")
try:
    while connection.recv(100):
        pass
    print("end")
except ConnectionResetError:
    print("reset")
connection.close()

connection = socket.create_connection(("host2", 8080))
connection.sendall(b"what I wanted to s")
time.sleep(0.3)
connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
connection.close()  # breaks off as well
