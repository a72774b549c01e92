import socket

connection = socket.create_connection(("server", 8080))
connection.sendall(b"hello")
print(connection.recv(1024).decode())
connection.close()
