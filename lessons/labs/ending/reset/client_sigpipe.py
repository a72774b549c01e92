import signal
import socket
import time

signal.signal(signal.SIGPIPE, signal.SIG_DFL)

connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
connection.connect(("server", 8080))
print("received", connection.recv(1024))

for word in (b"one", b"two"):
    print(word, "sent:", connection.send(word))
    time.sleep(1)
connection.close()
