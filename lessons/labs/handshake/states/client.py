import socket
import time

connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
connection.connect(("server", 8080))
time.sleep(1)
connection.close()
