import socket
import struct

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind(("server", 8080))
listener.listen()
connection, address = listener.accept()
print("called by port", address[1], "in hexadecimal", f"{address[1]:04x}")

with open("/proc/net/tcp") as table:
    for row in table:
        number, local, remote, *rest = row.split()
        print(local, remote)

for _ in range(2):
    data = connection.recv(4, socket.MSG_WAITALL)
    (number,) = struct.unpack("=I", data)
    print("the bytes", data.hex(" "), "are", number)

connection.close()
listener.close()
