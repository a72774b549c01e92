import socket
import time

connection = socket.create_connection(("server", 8080))
time.sleep(0.15)
connection.send(b"here", socket.MSG_NOSIGNAL)
connection.close()
