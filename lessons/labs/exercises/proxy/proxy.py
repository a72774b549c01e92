import socket

CLIENTS = 2  # then the proxy ends

listener = socket.create_server(("host2", 8080))
client, address = listener.accept()
server = socket.create_connection(("host3", 8080))
# Here it is your turn.
client.close()
server.close()
listener.close()
