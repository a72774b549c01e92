import socket

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)  # IPv4 alone
listener.bind(("10.0.0.2", 8080))
listener.listen()
connection, address = listener.accept()
print("from", address[0])
connection.sendall(b"here I am")
connection.close()
listener.close()
