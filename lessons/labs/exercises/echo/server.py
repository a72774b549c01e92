import socket

listener = socket.create_server(("server", 8080))
listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)  # little room; its connections inherit that
connection, address = listener.accept()
connection.settimeout(2)  # seconds that a call may wait
data = connection.recv(65536)
# Here it is your turn.
connection.close()
listener.close()
