import socket

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_FASTOPEN, 16)
listener.bind(("server", 8080))
listener.listen(16)
for number in range(2):
    connection, address = listener.accept()
    connection.sendall(connection.recv(100).upper())
    connection.close()
listener.close()
