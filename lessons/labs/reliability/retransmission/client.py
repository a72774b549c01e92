import socket
import time

connection = socket.create_connection(("server", 8080))
time.sleep(1.2)  # meanwhile the cable is cut
connection.send(b"is anybody there?")
time.sleep(4)
connection.close()
