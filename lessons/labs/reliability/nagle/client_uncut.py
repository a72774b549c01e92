import socket

for limit in (None, 1448):
    connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if limit:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, limit)
    connection.connect(("server", 8080))
    print("segments of", connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG), "bytes at most")
    connection.sendall(bytes(50_000) + b"\n")
    connection.recv(1024)
    connection.close()
