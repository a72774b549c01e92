import socket

first = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
first.bind(("client", 5000))
first.connect(("server", 8080))
first.close()

second = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
try:
    second.bind(("client", 5000))
    print("port 5000 is mine again")
except OSError as error:
    print("port 5000:", error.strerror)
second.close()
