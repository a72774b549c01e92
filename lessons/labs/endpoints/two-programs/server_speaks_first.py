import socket

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind(("server", 8080))
listener.listen()

conversation, address = listener.accept()
conversation.sendall(b"Who is calling?")
print("heard", conversation.recv(4096))

conversation.close()
listener.close()
