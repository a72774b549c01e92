import socket

listener = socket.create_server(("server", 8080))
connection, address = listener.accept()
print("a client:", address)
word = connection.recv(100)
connection.sendall(word.upper())
while connection.recv(100):
    pass  # until the client has nothing more to say
connection.close()
listener.close()
