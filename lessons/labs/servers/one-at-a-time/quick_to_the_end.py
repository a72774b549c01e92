import socket
import time

time.sleep(0.5)
connection = socket.create_connection(("host1", 8080))
connection.sendall(b"quick one")
began = time.monotonic()
while connection.recv(100):
    pass
print("end of the stream after", round(time.monotonic() - began, 2))
connection.close()
