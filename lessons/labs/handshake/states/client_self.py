import socket

lonely = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
lonely.bind(("client", 9000))
lonely.connect(("client", 9000))  # no listener, no second socket
print("own address ", lonely.getsockname())
print("peer address", lonely.getpeername())
lonely.sendall(b"is anybody there?")
print("received", lonely.recv(1024))
lonely.close()
