import socket
import time

connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
connection.connect(("server", 8080))

for message in (b"AAA", b"BBB", b"CCC"):
    connection.send(message)
    time.sleep(0.5)

connection.close()
