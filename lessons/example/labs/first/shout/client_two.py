import socket

connection = socket.create_connection(("server", 8080))
for word in (b"hello", b"again"):
    connection.sendall(word)
    print(connection.recv(1024).decode())
connection.close()
