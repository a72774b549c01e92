import socket
import time

listener = socket.create_server(("server", 8080))
connection, address = listener.accept()
time.sleep(0.3)
connection.close()  # without having read
listener.close()
