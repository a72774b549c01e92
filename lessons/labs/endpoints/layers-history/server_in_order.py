import socket

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind(("server", 8080))
listener.listen()

connection, address = listener.accept()
heard = b""
while len(heard) < 19:
    heard += connection.recv(100)
    print("so far", heard)
connection.close()
listener.close()
