import socket
import time

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind(("server", 8080))
listener.listen()

served = []
for turn in (1, 2, 3):
    connection, address = listener.accept()
    question = connection.recv(1024)
    connection.sendall(b"answer to " + question)
    served.append(connection)  # for the statistics, some day

time.sleep(2)
print(len(served), "connections still open")
