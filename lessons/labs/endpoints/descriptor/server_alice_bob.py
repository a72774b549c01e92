import socket

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind(("server", 8080))
listener.listen()

for name in "Alice", "Bob":
    connection, address = listener.accept()
    print(name, "hears", connection.recv(100))
    connection.close()
listener.close()
