import socket

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind(("server", 8080))
listener.listen()
print("waiting for a call")

conversation, address = listener.accept()
print("called by", address)
while line := conversation.recv(4096):
    conversation.sendall(line)
print("the client hung up")

conversation.close()
listener.close()
