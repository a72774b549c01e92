import socket

listener = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
listener.bind(("", 5000))
listener.settimeout(2)
try:
    while True:
        print(listener.recvfrom(1024))
except TimeoutError:
    listener.close()
