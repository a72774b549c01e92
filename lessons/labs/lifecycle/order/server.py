import socket
import time

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind(("server", 8080))
listener.listen()
time.sleep(1)

connection, address = listener.accept()
request = connection.recv(1024)
connection.send(request.upper())
connection.close()
listener.close()
