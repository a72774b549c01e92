import socket

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("server", 8080))

words = []
try:
    while True:
        data, address = server.recvfrom(100)
        number, word = data.decode().split()
        words.append(word)  # without a look at the number
        server.sendto(str(int(number) + 1).encode(), address)
        server.settimeout(3)
except TimeoutError:
    print(" ".join(words))
server.close()
