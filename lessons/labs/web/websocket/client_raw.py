import socket

connection = socket.create_connection(("server", 80))
connection.sendall(b"Hello\r\n\r\n")  # no upgrade: bytes into a TCP socket
print(connection.recv(1000).decode().splitlines()[0])
print("end of the stream", connection.recv(1000))
