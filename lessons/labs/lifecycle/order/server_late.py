import socket

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind(("server", 8080))

bell = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
bell.bind(("server", 8080))
request, address = bell.recvfrom(1024)

listener.listen()
bell.sendto(b"now I listen", address)
bell.close()

connection, address = listener.accept()
print(connection.recv(1024))
connection.close()
listener.close()
