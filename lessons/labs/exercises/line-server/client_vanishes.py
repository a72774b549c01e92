import socket
import struct
import time

lost = socket.create_connection(("server", 8080))
lost.settimeout(4)
lost.sendall(b"I was about to s")
time.sleep(0.2)
lost.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
lost.close()  # pulls the plug: a reset

time.sleep(0.2)
connection = socket.create_connection(("server", 8080))
connection.settimeout(4)
answers = connection.makefile("r")
connection.sendall(b"the next one\n")
print(answers.readline().strip())
connection.sendall(b"stop\n")
print("end" if answers.read() == "" else "more")
