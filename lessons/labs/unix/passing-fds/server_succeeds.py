import socket
import time

listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
listener.bind("/tmp/door")
listener.listen()
connection, address = listener.accept()
time.sleep(0.7)  # meanwhile the listening socket is on its way
text, descriptors, flags, address = socket.recv_fds(connection, 100, 1)

service = socket.socket(fileno=descriptors[0])
print("listens at", service.getsockname())
visit, address = service.accept()
visit.sendall(b"the successor greets you")
for s in visit, service, connection, listener:
    s.close()
