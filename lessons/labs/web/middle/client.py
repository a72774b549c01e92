import array
import fcntl
import socket
import time

SIOCOUTQ = 0x5411  # how many bytes are not acknowledged yet

began = time.monotonic()
connection = socket.create_connection(("host2", 8080))
print("connected after", round(time.monotonic() - began, 2))
connection.sendall(b"pay 10")

time.sleep(0.5)
waiting = array.array("i", [0])
fcntl.ioctl(connection, SIOCOUTQ, waiting)
print(waiting[0], "bytes not acknowledged")
connection.shutdown(socket.SHUT_WR)  # nothing more to say
print(connection.recv(1000), "after", round(time.monotonic() - began, 2))
connection.close()
