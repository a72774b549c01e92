import socket

letter = bytes(1_999_997) + b"END"

connection = socket.create_connection(("server", 8080))
connection.setblocking(False)  # take what you can, and do not wait
print("send took", connection.send(letter), "of", len(letter))
connection.close()
