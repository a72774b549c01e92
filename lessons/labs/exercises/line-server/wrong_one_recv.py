import socket

listener = socket.create_server(("server", 8080))
stopped = False
while not stopped:
    connection, address = listener.accept()
    while line := connection.recv(1024):  # takes what recv returns for a line
        if line == b"stop\n":
            stopped = True
            break
        connection.sendall(b"%d\n" % (len(line) - 1))
    connection.close()
listener.close()
