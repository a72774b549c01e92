import socket
import time

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind(("server", 8080))
listener.listen()

connection, address = listener.accept()
data = connection.recv(1024)
print("received", data)
time.sleep(2)
connection.close()
listener.close()
