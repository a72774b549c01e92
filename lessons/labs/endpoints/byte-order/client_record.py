import socket
import struct

connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
connection.connect(("server", 8080))

# A record of one byte and one number: as a C compiler lays it out, and as agreed.
connection.sendall(struct.pack("@BI", 7, 1000))
connection.sendall(struct.pack("!BI", 7, 1000))
connection.close()
