import os
import socket
import time

listener = socket.create_server(("host1", 8080))
connections = []
for turn in range(2):
    connection, address = listener.accept()
    if os.fork() == 0:
        line = connection.recv(100)
        connection.sendall(b"hello, " + line)
        connection.close()
        os._exit(0)
    connections.append(connection)  # the parent keeps its copy open
for turn in range(2):
    os.wait()
time.sleep(1)
