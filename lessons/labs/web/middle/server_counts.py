import socket
import time

listener = socket.create_server(("host3", 8080))
connection, address = listener.accept()
words = b""
while data := connection.recv(1000):
    words += data
time.sleep(0.5)  # counts
answer = b"%d words" % len(words.split())
print("sent", connection.send(answer), answer)
connection.close()
listener.close()
