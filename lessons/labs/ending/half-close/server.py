import socket
import time

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind(("server", 8080))
listener.listen()

connection, address = listener.accept()
words = b""
while data := connection.recv(1024):
    words += data
print("end of the stream after", words)

time.sleep(1)
connection.sendall(b" ".join(sorted(words.split())))
connection.close()
listener.close()
