import socket

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("server", 8080))

words, expected = [], 0
try:
    while True:
        data, address = server.recvfrom(100)
        number, word = data.decode().split()
        if int(number) == expected:
            words.append(word)
            expected += 1
        else:
            print(f"not taken: {number}, I am waiting for {expected}")
        server.sendto(str(expected).encode(), address)
        server.settimeout(3)  # my last answer may be lost, too: so stay for a while
except TimeoutError:
    print(" ".join(words))
server.close()
