import socket

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind(("server", 8080))
listener.listen()

connection, address = listener.accept()
received = 0
while data := connection.recv(1024):
    received += len(data)
print("received", received)

connection.close()
listener.close()
