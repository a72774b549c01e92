import socket
import time

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind(("server", 8080))
listener.listen(1)
time.sleep(1.5)
for number in range(5):  # better late than never
    connection, address = listener.accept()
    connection.close()
listener.close()
