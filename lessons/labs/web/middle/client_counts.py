import socket

connection = socket.create_connection(("host2", 8080))
connection.sendall(b"one two three")
connection.shutdown(socket.SHUT_WR)  # that was all; how many were they?
print("answer", connection.recv(1000))
connection.close()
