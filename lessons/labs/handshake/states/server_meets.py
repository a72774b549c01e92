import socket
import time

meeting = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
meeting.bind(("server", 9000))  # and no listen: nobody waits for anybody
while meeting.connect_ex(("client", 9000)) != 0:
    time.sleep(0.1)  # refused: the other one was not there yet
print("connected with", meeting.getpeername())

meeting.sendall(b"hello from the server")
time.sleep(0.4)  # as long as it takes to get there: now both have had both
print("received", meeting.recv(1024))
time.sleep(1)
meeting.close()  # and the other one closes at the same moment
