import socket

connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
connection.connect(("server", 8080))
connection.sendall(b"how are you?")
try:
    print("received", connection.recv(1024))
except OSError as error:
    print(error)
connection.close()
