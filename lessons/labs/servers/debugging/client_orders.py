import json
import socket

for count in (2, 200):
    connection = socket.create_connection(("server", 8080))
    connection.sendall(json.dumps(["green tea"] * count).encode())
    print(count, "items ordered, answer:", connection.recv(1000).decode())
    connection.close()
