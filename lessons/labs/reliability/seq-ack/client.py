import socket
import time

connection = socket.create_connection(("server", 8080))
time.sleep(0.2)
for number in range(8):
    connection.send(bytes(1000))
    time.sleep(0.005)
time.sleep(1)
connection.close()
