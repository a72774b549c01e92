import os
import socket

listener = socket.create_server(("host1", 8080))
for turn in range(2):
    connection, address = listener.accept()
    if os.fork() == 0:  # the child talks, and ends
        listener.close()
        line = connection.recv(100)
        connection.sendall(b"hello, " + line)
        connection.close()
        os._exit(0)
    connection.close()  # the parent's copy
listener.close()
for turn in range(2):
    os.wait()
