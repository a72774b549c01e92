import socket

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind(("server", 8080))
listener.listen()
connection, address = listener.accept()

print("heard", connection.recv(100))
print("urgent", connection.recv(1, socket.MSG_OOB))
connection.sendall(b"k")
print("heard", connection.recv(100))
connection.close()
listener.close()
