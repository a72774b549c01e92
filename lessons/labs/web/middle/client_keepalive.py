import socket
import time

connection = socket.create_connection(("host2", 8080))
connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 1)
connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 1)
connection.sendall(b"hello")
print(connection.recv(1000))

time.sleep(4)  # nothing to say; the kernel sends its probes
print("sent", connection.send(b"still there?"))
print("answer", connection.recv(1000))
connection.close()
