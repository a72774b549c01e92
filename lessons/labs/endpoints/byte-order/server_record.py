import socket
import struct

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind(("server", 8080))
listener.listen()
connection, address = listener.accept()

record = struct.Struct("!BI")
while data := connection.recv(record.size, socket.MSG_WAITALL):
    if len(data) == record.size:
        print(data.hex(" "), "is", record.unpack(data))
    else:
        print(data.hex(" "), "is left over")
connection.close()
listener.close()
