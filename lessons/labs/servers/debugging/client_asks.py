import socket

try:
    connection = socket.create_connection(("server", 8080), timeout=2)
    connection.sendall(b"price of tea?")
    print("answer:", connection.recv(100).decode())
except OSError as error:
    print("failed:", error)
