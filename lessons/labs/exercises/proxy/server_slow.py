import socket
import threading

socket.setdefaulttimeout(5)  # seconds
SIZE = 250_000


def serve(connection):
    with connection:
        word = connection.recv(100)
        connection.sendall(bytes(SIZE) if word == b"much" else b"a little")


listener = socket.create_server(("host3", 8080))
for number in range(2):
    connection, address = listener.accept()
    threading.Thread(target=serve, args=(connection,)).start()
