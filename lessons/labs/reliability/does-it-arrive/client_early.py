import socket
import time

connection = socket.create_connection(("server", 8080))
print("sent", connection.send(b"pay 10"))
time.sleep(0.4)
try:
    print("answer", connection.recv(100))
except OSError as error:
    print("later:", error.strerror)
