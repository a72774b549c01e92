import socket

connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
connection.connect(("server", 8080))
connection.sendall(b"pear apple fig")
connection.shutdown(socket.SHUT_WR)

while data := connection.recv(1024):
    print("received", data)
print("end of the stream")
connection.close()
