import socket

early = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
try:
    early.connect(("server", 8080))
except ConnectionRefusedError as error:
    print(error.strerror)
early.close()

bell = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
bell.sendto(b"please listen", ("server", 8080))
print(bell.recv(1024))
bell.close()

connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
connection.connect(("server", 8080))
connection.send(b"hello")
connection.close()
