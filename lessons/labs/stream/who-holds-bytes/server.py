import array
import fcntl
import socket
import termios
import time

listener = socket.create_server(("server", 8080))
connection, address = listener.accept()
time.sleep(1.5)  # reads nothing
waiting = array.array("i", [0])
fcntl.ioctl(connection, termios.FIONREAD, waiting)
print(waiting[0])
