import socket

clients = [socket.create_connection(("server", 8080)) for number in range(3)]
for word, number in ((b"last ", 2), (b"first ", 0), (b"middle ", 1), (b"again ", 0)):
    clients[number].sendall(word)
    print(clients[number].recv(100).decode(), end="")
print()
for client in clients:
    client.close()
