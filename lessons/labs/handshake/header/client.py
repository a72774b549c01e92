import socket

connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
connection.connect(("server", 8080))
for data in b"abc", b"defg":
    connection.sendall(data)
    connection.recv(1)
connection.close()
