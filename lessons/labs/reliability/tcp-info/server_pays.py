import socket
import zlib

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind(("server", 8080))
listener.listen()

connection, address = listener.accept()
order = connection.recv(1024)
print("received", order)
connection.sendall(b"and its CRC-32?")
if int(connection.recv(1024), 16) == zlib.crc32(order):
    connection.sendall(b"paid")
else:
    connection.sendall(b"refused: that is not what you sent")

connection.close()
listener.close()
