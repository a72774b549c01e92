import socket

conversation = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
conversation.connect(("server", 8081))
conversation.sendall(b"hello")
print(conversation.recv(1024))
conversation.close()
