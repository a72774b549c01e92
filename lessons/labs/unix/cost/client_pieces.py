import socket
import time

SIZE, CALLS = 2_000_000, 100

tcp = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
tcp.connect(("127.0.0.1", 8080))
tcp.recv(1)  # the server has both doors open
unix = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
unix.connect("/tmp/door")

for calls in 1, CALLS, 1, CALLS, 1:
    piece = bytes(SIZE // calls)
    for way, connection in ("TCP", tcp), ("Unix", unix):
        began = time.perf_counter()
        connection.sendall(b"!")
        for number in range(calls):
            connection.sendall(piece)
        connection.recv(1)
        print(f"{way}: calls {calls}, {1_000_000 * (time.perf_counter() - began):.0f} us")
tcp.close()
unix.close()
