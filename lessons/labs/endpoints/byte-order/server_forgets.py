import ctypes
import socket
import struct

# struct sockaddr_in, filled in as a C program would, but without htons.
address = struct.pack("=HH4s8x", socket.AF_INET, 8080, socket.inet_aton("10.0.0.2"))
libc = ctypes.CDLL(None)

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
libc.bind(listener.fileno(), address, len(address))
listener.listen()
connection, caller = listener.accept()
print("called at", connection.getsockname())
connection.close()
listener.close()
