import socket

socket.setdefaulttimeout(5)  # seconds
listener = socket.create_server(("host3", 8080))
for number in range(2):
    connection, address = listener.accept()
    words = connection.makefile("rb").read().split()  # to the end
    connection.sendall(b"%d words" % len(words))
    connection.close()
listener.close()
