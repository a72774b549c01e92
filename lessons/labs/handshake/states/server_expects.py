import socket

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind(("server", 8080))
listener.listen()
listener.settimeout(3)
try:
    connection, address = listener.accept()
    print("accepted", address)
except TimeoutError:
    print("accepted nobody")
listener.close()
