import socket

connection = socket.create_connection(("server", 8080))
connection.sendall(b"pay 10")
connection.settimeout(2)
print("answer", connection.recv(100))  # only this means that it was done
connection.close()
