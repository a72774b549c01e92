import socket

listener = socket.create_server(("server", 8080))
listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16384)  # little room, for a short run
listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 16384)
for turn in range(2):
    connection, address = listener.accept()
    try:
        while part := connection.recv(4096):
            connection.sendall(part.upper())
    except OSError as error:
        print("failed:", error.strerror)
    connection.close()
