import socket
import time

SYN_SENT, ESTABLISHED = 2, 1  # as TCP_INFO has them

connections = []
for number in range(5):
    connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    connection.setblocking(False)
    connection.connect_ex(("server", 8080))
    connections.append(connection)
    time.sleep(0.1)

time.sleep(1.2)  # time enough to ask again
states = [c.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0] for c in connections]
print(states.count(ESTABLISHED), "connected,", states.count(SYN_SENT), "still asking")
for connection in connections:
    connection.close()
