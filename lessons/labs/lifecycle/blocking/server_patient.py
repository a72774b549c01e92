import socket

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind(("server", 8080))
listener.listen()

connection, address = listener.accept()
connection.settimeout(0.4)  # recv may wait, but not for ever
try:
    print(connection.recv(100))
except TimeoutError as error:
    print("nobody said anything:", error)
connection.settimeout(None)
print(connection.recv(100))
