import socket
import time

connection = socket.create_connection(("server", 8080))
connection.send(b"before the cut, ")
time.sleep(1.2)
connection.send(b"and after it")
connection.close()
