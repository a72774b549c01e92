import resource
import socket
import time

resource.setrlimit(resource.RLIMIT_NOFILE, (6, 6))  # on a real server 1024, and it takes a week

listener = socket.create_server(("server", 8080))
guests = {}
for turn in range(8):
    try:
        connection, address = listener.accept()
    except OSError:
        time.sleep(0.5)  # it will pass
        continue
    guests[address] = connection
    connection.sendall(b"welcome")
    if connection.recv(100) == b"bye":
        guests.pop(address).close()
