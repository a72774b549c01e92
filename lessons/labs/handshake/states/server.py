import socket
import time

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind(("server", 8080))
listener.listen()

connection, address = listener.accept()
while connection.recv(1024):  # until the client has closed
    pass
time.sleep(1.5)  # something is left to be done
connection.close()
listener.close()
