import socket

listener = socket.create_server(("server", 8080))
listener.settimeout(3)
try:
    connection, address = listener.accept()
    print("asked:", connection.recv(100).decode())
    connection.sendall(b"4 euros")
except TimeoutError:
    print("nobody comes")
