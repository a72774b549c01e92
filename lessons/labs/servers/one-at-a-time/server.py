import socket

listener = socket.create_server(("host1", 8080))
for turn in range(2):
    connection, address = listener.accept()
    line = connection.recv(100)  # waits for this client, and for no other
    connection.sendall(b"hello, " + line)
    connection.close()
listener.close()
