import socket
import time

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind(("server", 8080))
listener.listen()

connection, address = listener.accept()
time.sleep(2)
for turn in (1, 2, 3):
    print("recv with room for 4:", connection.recv(4))

connection.close()
listener.close()
