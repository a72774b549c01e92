import socket

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
try:
    listener.bind(("server", 8080))
    listener.listen(64)
    print("B shares the port")
except OSError as error:
    print("B:", error.strerror)
