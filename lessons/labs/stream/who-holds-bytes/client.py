import array
import fcntl
import socket
import time

SIOCOUTQ = 0x5411  # how many bytes are not acknowledged yet

connection = socket.create_connection(("server", 8080))
connection.setblocking(False)
sent = 0
began = time.monotonic()
while time.monotonic() - began < 0.5:
    try:
        sent += connection.send(bytes(100_000))
    except BlockingIOError:
        time.sleep(0.05)

time.sleep(0.7)  # what is under way arrives
waiting = array.array("i", [0])
fcntl.ioctl(connection, SIOCOUTQ, waiting)
print(sent, waiting[0])
time.sleep(1)
