import socket

listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
listener.bind("/tmp/door")
listener.listen()
connection, address = listener.accept()
print(connection.recv(100))  # takes the bytes, and has no room for what came beside them
connection.sendall(b"got it")
connection.close()
listener.close()
