import socket

listener = socket.create_server(("server", 8080))
connection, address = listener.accept()
order = connection.recv(100)
print("done", order)
connection.sendall(b"done")
connection.close()
