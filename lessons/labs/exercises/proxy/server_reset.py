import socket
import struct

socket.setdefaulttimeout(5)  # seconds
listener = socket.create_server(("host3", 8080))
connection, address = listener.accept()
connection.recv(100)
connection.sendall(b"this is only half of the ")
connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
connection.close()  # breaks off: a reset

connection, address = listener.accept()
try:
    while connection.recv(100):
        pass
    print("end")
except ConnectionResetError:
    print("reset")
connection.close()
