import os
import socket
import time

connection = socket.create_connection(("server", 8080))
if os.fork() == 0:
    time.sleep(2)  # the statistics of the day
    os._exit(0)

connection.sendall(b"x" * 1000)
connection.close()
print("sent and closed")
os.wait()
