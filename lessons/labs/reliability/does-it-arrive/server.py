import socket

listener = socket.create_server(("server", 8080))
connection, address = listener.accept()
connection.settimeout(6)
try:
    print("got", connection.recv(100))
except TimeoutError:
    print("nothing came")
connection.close()
