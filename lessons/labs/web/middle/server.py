import socket

listener = socket.create_server(("host3", 8080))
connection, address = listener.accept()
while data := connection.recv(1000):
    print("received", data)
    connection.sendall(data + b" from " + address[0].encode())
connection.close()
listener.close()
