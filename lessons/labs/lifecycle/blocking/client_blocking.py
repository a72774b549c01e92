import socket

connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
connection.connect(("server", 8080))
connection.sendall(bytes(3_000_000))  # returns when the kernel has taken the last byte
print("all of it was taken")
