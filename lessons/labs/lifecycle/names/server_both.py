import socket

listener = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)  # IPv4 too
listener.bind(("::", 8080))
listener.listen()
connection, address = listener.accept()
print("from", address[0])
connection.sendall(b"here I am")
connection.close()
listener.close()
