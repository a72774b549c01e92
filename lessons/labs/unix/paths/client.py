import socket

connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
connection.connect("/tmp/door")
connection.sendall(b"knock")
print(connection.recv(100))
connection.close()
