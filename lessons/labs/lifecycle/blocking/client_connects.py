import select
import socket

connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
connection.setblocking(False)
print(connection.connect_ex(("server", 8080)))  # 115 is EINPROGRESS: under way

ready = select.select([], [connection], [], 5)[1]
print("writable" if ready else "nothing happened", connection.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR))
connection.close()
