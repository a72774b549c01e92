import socket

listener = socket.create_server(("server", 8080))
stopped = False
while not stopped:
    connection, address = listener.accept()
    while not stopped and (data := connection.recv(1024)):
        for line in data.splitlines():  # a line that is cut becomes two
            if line == b"stop":
                stopped = True
            else:
                connection.sendall(b"%d\n" % len(line))
    connection.close()
listener.close()
