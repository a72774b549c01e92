import socket
import struct

note = b"hello"
connection = socket.create_connection(("server", 8080))
connection.sendall(struct.pack("H", len(note)) + note)
connection.settimeout(1.5)
try:
    print(connection.recv(100).decode())
except TimeoutError:
    print("the server hangs")
connection.close()
