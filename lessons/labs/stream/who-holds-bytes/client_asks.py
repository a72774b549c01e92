import array
import fcntl
import socket
import time

SIOCOUTQ = 0x5411

connection = socket.create_connection(("server", 8080))
connection.sendall(b"a letter")
waiting = array.array("i", [0])
for moment in range(2):
    fcntl.ioctl(connection, SIOCOUTQ, waiting)
    print(waiting[0])
    time.sleep(0.7)  # longer than a round trip
