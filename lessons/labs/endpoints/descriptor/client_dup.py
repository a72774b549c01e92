import os
import socket

connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
connection.connect(("server", 8080))
number = connection.fileno()
copy = os.dup(number)
print("one socket, two numbers:", number, copy)

connection.close()
os.write(copy, b"still there")
print(os.read(copy, 100))
os.close(copy)
