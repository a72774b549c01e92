import socket

for number in range(3):
    connection = socket.create_connection(("server", 8080))
    connection.sendall((60000).to_bytes(2, "big") + b"only this")  # a length that is not true
    connection.close()
