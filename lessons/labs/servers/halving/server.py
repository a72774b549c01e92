import socket
import struct

listener = socket.create_server(("server", 8080))
connection, address = listener.accept()
(length,) = struct.unpack("!H", connection.recv(2, socket.MSG_WAITALL))
note = connection.recv(length, socket.MSG_WAITALL)
if len(note) == length:
    print("note:", note.decode())
    connection.sendall(b"thanks")
connection.close()
