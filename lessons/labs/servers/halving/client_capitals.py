import socket


def capitals(text):
    connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16384)  # little room, for a short run
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 16384)
    connection.settimeout(2)
    connection.connect(("server", 8080))
    connection.sendall(text)
    answer = b""
    while len(answer) < len(text):
        answer += connection.recv(4096)
    connection.close()
    return len(answer)


for size in (1000, 500000):
    try:
        print(size, "letters, answer:", capitals(b"a" * size))
    except OSError as error:
        print(size, "letters, failed:", error)
