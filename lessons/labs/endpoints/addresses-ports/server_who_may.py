import socket

attempts = [
    (socket.SOCK_STREAM, "127.0.0.1", 8080),
    (socket.SOCK_STREAM, "server", 8080),
    (socket.SOCK_STREAM, "0.0.0.0", 8080),
    (socket.SOCK_DGRAM, "0.0.0.0", 8080),
    (socket.SOCK_STREAM, "0.0.0.0", 8081),
]

sockets, listener = [], None
for kind, address, port in attempts:
    s = socket.socket(socket.AF_INET, kind)
    try:
        s.bind((address, port))
        print(kind.name, address, port, "is mine")
        if (kind, port) == (socket.SOCK_STREAM, 8080) and address != "127.0.0.1":
            listener = s  # which the client can reach
    except OSError as error:
        print(kind.name, address, port, "-", error.strerror)
    sockets.append(s)

listener.listen()
connection, address = listener.accept()
print("called by", address)
for s in connection, *sockets:
    s.close()
