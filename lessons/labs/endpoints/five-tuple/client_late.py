import socket

early = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
early.connect(("server", 8080))
print(early.recv(100))

late = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
try:
    late.connect(("server", 8080))
except OSError as error:
    print("a new connection:", error)

early.sendall(b"but we still talk")
print("the old connection:", early.recv(100))
early.close()
late.close()
