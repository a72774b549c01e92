import socket
import time

connection = socket.create_connection(("host1", 8080))
time.sleep(2)  # thinks about what to say
connection.sendall(b"slow one")
print(connection.recv(100))
connection.close()
