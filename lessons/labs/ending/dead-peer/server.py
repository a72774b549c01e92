import socket

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind(("server", 8080))
listener.listen()

plain, address = listener.accept()
watchful, address = listener.accept()
print("received", plain.recv(1024))
plain.close()
watchful.close()
listener.close()
