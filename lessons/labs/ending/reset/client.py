import socket
import time

connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
connection.connect(("server", 8080))
print("received", connection.recv(1024))

for word in (b"one", b"two"):
    try:
        print(word, "sent:", connection.send(word))
    except OSError as error:
        print(word, "failed:", error)
    time.sleep(1)
connection.close()
