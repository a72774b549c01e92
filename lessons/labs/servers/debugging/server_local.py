import socket

listener = socket.create_server(("127.0.0.1", 8080))
listener.settimeout(2)
with socket.create_connection(("127.0.0.1", 8080)):
    print("tried it on this machine: connected")

try:
    while True:
        connection, address = listener.accept()
        connection.sendall(b"4 euros")
        connection.close()
except TimeoutError:
    print("nobody comes")
