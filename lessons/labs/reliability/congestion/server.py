import socket

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind(("server", 8080))
listener.listen()

connection, address = listener.accept()
received = 0
while data := connection.recv(65536):
    received += len(data)
connection.sendall(b"%d bytes" % received)

connection.close()
listener.close()
