import socket

socket.setdefaulttimeout(5)  # seconds
for text in b"count these words", b"and these five as well":
    connection = socket.create_connection(("host2", 8080))
    connection.sendall(text)
    connection.shutdown(socket.SHUT_WR)  # that was all; now I listen
    print(connection.makefile().read())
    connection.close()
