import socket

connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
connection.settimeout(0.7)
try:
    connection.connect(("server", 8080))
except TimeoutError as error:
    print("gave up:", error)
connection.close()
