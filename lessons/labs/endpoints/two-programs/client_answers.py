import socket

conversation = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
conversation.connect(("server", 8080))
print("heard", conversation.recv(4096))
conversation.sendall(b"It is me, the client.")
conversation.close()
