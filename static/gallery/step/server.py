import socket

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind(("server", 8080))
listener.listen()

connection, address = listener.accept()
print("connected to", address)
connection.sendall(b"welcome")
connection.recv(1024)

connection.close()
listener.close()
