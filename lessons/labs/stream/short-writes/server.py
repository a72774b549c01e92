import socket
import time

listener = socket.create_server(("server", 8080))
connection, address = listener.accept()
time.sleep(1)  # reads nothing
