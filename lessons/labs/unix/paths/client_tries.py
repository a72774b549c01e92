import socket

connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
try:
    connection.connect("/tmp/door")
    print("connected")
except OSError as error:
    print(error.errno, error.strerror)
connection.close()
