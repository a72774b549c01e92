import socket

connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
connection.connect(("server", 8080))
print("connected")
print(connection.recv(1024))
connection.close()
