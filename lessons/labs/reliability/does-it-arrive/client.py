import socket
import time

connection = socket.create_connection(("server", 8080))
connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, 1500)  # not a quarter of an hour
time.sleep(1)  # meanwhile the cable is cut
print("sent", connection.send(b"pay 10"))
try:
    print("answer", connection.recv(100))
except OSError as error:
    print("later:", error.strerror)
connection.close()
