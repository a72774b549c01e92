import socket
import time

for turn in range(2):
    connection = socket.create_connection(("server", 8080))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for piece in (b"GE", b"T / HT", b"TP/1.0\r", b"\n\r\n"):
        connection.sendall(piece)
        time.sleep(0.1)
    print(connection.recv(4096).split(b"\r\n")[0].decode())
    connection.close()
