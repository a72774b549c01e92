import socket
import time

connections = []
for number in range(2):
    connection = socket.create_connection(("server", 8080))
    print("sent", connection.send(b"is this a good time?"))
    connections.append(connection)
time.sleep(0.5)
for connection in connections:
    connection.close()
