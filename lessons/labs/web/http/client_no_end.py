import socket

connection = socket.create_connection(("server", 8080))
connection.settimeout(1)
connection.sendall(b"GET / HTTP/1.1\r\nHost: server\r\n")  # no empty line
try:
    print(connection.recv(4096))
except TimeoutError:
    print("no answer")
connection.close()
socket.create_connection(("server", 8080)).close()
