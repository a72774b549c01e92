import socket

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind(("server", 8080))
listener.listen(16)
for number in range(3):
    connection, address = listener.accept()
    print("accepted", number + 1)
    connection.close()
listener.close()
