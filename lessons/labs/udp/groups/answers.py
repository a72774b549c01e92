import socket

listener = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
listener.bind(("", 5000))
question, address = listener.recvfrom(1024)
listener.sendto(b"I am", address)
listener.close()
