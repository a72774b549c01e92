import socket

letters = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
letters.bind(("server", 8080))

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind(("server", 8080))
listener.listen()

connections = []
for _ in range(3):
    connection, address = listener.accept()
    connections.append(connection)
    print("my end", connection.getsockname(), "their end", address)

for connection in connections:
    print("TCP from", connection.getpeername(), connection.recv(100))
data, address = letters.recvfrom(100)
print("UDP from", address, data)

for s in [*connections, listener, letters]:
    s.close()
