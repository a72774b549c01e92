import socket

letter = bytes(1_999_997) + b"END"

connection = socket.create_connection(("server", 8080))
connection.settimeout(0.5)
taken = connection.send(letter)
print("send took", taken, "of", len(letter))
try:
    connection.sendall(letter[taken:])
    print("sendall took the rest")
except TimeoutError:
    print("sendall gave up, and does not say how much it took")
connection.close()
