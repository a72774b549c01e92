import socket
import time

connection = socket.create_connection(("server", 8080))
time.sleep(1.2)
for word in (b"one ", b"two ", b"three"):
    print(word, connection.send(word))
    time.sleep(0.5)
time.sleep(3)
connection.close()
