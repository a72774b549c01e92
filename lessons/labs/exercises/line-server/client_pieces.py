import socket
import time

connection = socket.create_connection(("server", 8080))
connection.settimeout(4)
connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
answers = connection.makefile("r")
for piece in b"sl", b"ow", b"ly\nand ", b"then", b" some\nst", b"op\n":
    connection.sendall(piece)
    time.sleep(0.1)  # thinks
print(answers.readline().strip())
print(answers.readline().strip())
print("end" if answers.read() == "" else "more")
