import socket
import sys

connection = socket.create_connection(("server", 8080))
print("Type a request, a line at a time, and end it with an empty line.")
for line in sys.stdin:
    connection.sendall(line.rstrip("\n").encode() + b"\r\n")
    if line == "\n":
        print(connection.recv(4096).decode())
connection.close()
