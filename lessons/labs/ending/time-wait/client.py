import socket

connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
connection.connect(("server", 8080))
while data := connection.recv(1024):
    print("received", data)
connection.close()
