import socket

tcp = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
tcp.connect(("127.0.0.1", 8080))
tcp.recv(1)  # the server has both doors open
unix = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
unix.connect("/tmp/door")

for way, connection in ("TCP", tcp), ("Unix", unix):
    connection.setblocking(False)
    taken = 0
    try:
        while True:
            taken += connection.send(bytes(10_000_000))
    except BlockingIOError:
        print(f"{way}: {taken} bytes taken, and nobody reads")
tcp.close()
unix.close()
