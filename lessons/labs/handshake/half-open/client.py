import select
import socket

connections = []
for number in range(3):
    connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    connection.setblocking(False)
    connection.connect_ex(("server", 8080))  # asks, and does not wait
    connections.append(connection)

for connection in connections:
    select.select([], [connection], [], 10)
    print("error", connection.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR))
    connection.close()
