import socket
import sys


def answer(stream):
    """Prints an answer: its headers, to the empty line, and as many bytes as they say."""
    length = 0
    while (line := stream.readline().decode().strip()):
        print(line)
        name, _, value = line.partition(":")
        if name.lower() == "content-length":
            length = int(value)
    print(stream.read(length).decode())


connection = socket.create_connection(("server", 8080))
stream = connection.makefile("rb")
print("Type a request, a line at a time, and end it with an empty line.")
for line in sys.stdin:
    connection.sendall(line.rstrip("\n").encode() + b"\r\n")
    if line == "\n":
        answer(stream)
stream.close()
connection.close()
