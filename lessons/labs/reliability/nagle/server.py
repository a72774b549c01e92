import socket

listener = socket.create_server(("server", 8080))
for round in range(2):
    connection, address = listener.accept()
    for number in range(5):
        request = b""
        while len(request) < 20:
            data = connection.recv(20 - len(request))
            if not data:
                break
            request += data
        connection.send(b"answer")
    connection.close()
