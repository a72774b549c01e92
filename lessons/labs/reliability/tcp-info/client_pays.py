import socket
import zlib

order = b"PAY 0010"

connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
connection.connect(("server", 8080))
connection.sendall(order)
connection.recv(1024)
connection.sendall(b"%08x" % zlib.crc32(order))
print(connection.recv(1024))

connection.close()
