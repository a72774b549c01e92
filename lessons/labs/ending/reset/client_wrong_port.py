import socket

connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
try:
    connection.connect(("server", 8081))
except OSError as error:
    print(error)
connection.close()
