import socket

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind(("server", 8080))
listener.listen()

first, address = listener.accept()
second, address = listener.accept()
print("listener", listener.fileno(), listener.getsockname())
print("first", first.fileno(), first.getsockname(), first.getpeername())
print("second", second.fileno(), second.getsockname(), second.getpeername())
try:
    listener.recv(10)
except OSError as error:
    print("recv on the listener:", error.strerror)

first.sendall(b"you are the first")
second.sendall(b"you are the second")
first.close()
second.close()
listener.close()
