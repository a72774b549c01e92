import socket

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind(("server", 8080))
listener.listen()
first, address = listener.accept()
listener.close()  # nobody else gets in
first.sendall(b"we go on")
print(first.recv(100))
first.close()
