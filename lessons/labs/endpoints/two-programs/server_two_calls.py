import socket

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind(("server", 8080))
listener.listen()

first, address = listener.accept()
second, address = listener.accept()
for conversation in (first, second):
    conversation.sendall(conversation.recv(4096))
for conversation in (first, second):
    conversation.recv(4096)
    conversation.close()
listener.close()
