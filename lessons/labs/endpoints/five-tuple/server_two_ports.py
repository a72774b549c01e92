import socket


def listen(port):
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    s.bind(("server", port))
    s.listen()
    return s


listeners = [listen(8080), listen(8081)]
connections = []
for listener in listeners:
    connection, address = listener.accept()
    print(connection.getsockname(), "from", address)
    connection.send(b".")  # by now both ports are open
    connections.append(connection)

for s in connections:
    s.recv(100)
for s in connections + listeners:
    s.close()
