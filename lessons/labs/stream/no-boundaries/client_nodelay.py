import socket

connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
connection.connect(("server", 8080))

connection.send(b"AAA")
connection.send(b"BBB")
connection.send(b"CCC")

connection.recv(1024)
connection.sendall(bytes(20000))
connection.close()
