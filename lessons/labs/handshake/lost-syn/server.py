import socket

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind(("server", 8080))
listener.listen()

connection, address = listener.accept()
connection.sendall(b"welcome")
connection.recv(100)
connection.close()
listener.close()
