import socket

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind(("0.0.0.0", 8080))  # at every address of this host
listener.listen()
for number in range(2):
    connection, address = listener.accept()
    print(listener.getsockname()[0], "became", connection.getsockname()[0])
    connection.sendall(b"!")
    connection.close()
listener.close()
