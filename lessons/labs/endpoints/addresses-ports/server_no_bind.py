import socket

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.listen()
print("I listen at", listener.getsockname())

connection, address = listener.accept()
connection.sendall(b"you have found me")
connection.close()
listener.close()
