import socket
import time

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind(("server", 8080))
listener.listen()

connection, address = listener.accept()
question = connection.recv(1024)
connection.sendall(b"answer to " + question)

time.sleep(70)
connection.close()
listener.close()
