import socket
import struct
import sys

print("this processor is", sys.byteorder, "endian")
connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
connection.bind(("client", 42613))
connection.connect(("server", 8080))

as_the_processor_does = struct.pack("=I", 1000)
as_the_network_does = struct.pack("!I", 1000)
connection.sendall(as_the_processor_does)
connection.sendall(as_the_network_does)
connection.recv(1)
connection.close()
