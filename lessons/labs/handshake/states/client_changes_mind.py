import socket
import time

connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
connection.setblocking(False)
connection.connect_ex(("server", 8080))  # sends the SYN and does not wait
time.sleep(0.6)
connection.close()  # the SYN-ACK is still on its way
