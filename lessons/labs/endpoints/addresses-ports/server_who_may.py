import socket

attempts = [
    (socket.SOCK_STREAM, "127.0.0.1", 8080),
    (socket.SOCK_STREAM, "server", 8080),
    (socket.SOCK_STREAM, "0.0.0.0", 8080),
    (socket.SOCK_DGRAM, "0.0.0.0", 8080),
    (socket.SOCK_STREAM, "0.0.0.0", 8081),
]

sockets = []
for kind, address, port in attempts:
    s = socket.socket(socket.AF_INET, kind)
    try:
        s.bind((address, port))
        print(kind.name, address, port, "is mine")
    except OSError as error:
        print(kind.name, address, port, "-", error.strerror)
    sockets.append(s)

listener = sockets[1]
listener.listen()
connection, address = listener.accept()
print("called by", address)
for s in connection, *sockets:
    s.close()
