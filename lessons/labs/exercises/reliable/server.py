import socket

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("server", 8080))

words, ended = {}, False
try:
    while True:
        data, address = server.recvfrom(100)
        number, _, word = data.decode().partition(" ")
        if word:
            words[int(number)] = word  # kept, even behind a gap; a copy changes nothing
        else:
            ended = True
        server.sendto(number.encode(), address)  # this number is here
        server.settimeout(1.5)  # my answer may be lost, so I stay for a while
except TimeoutError:
    print(" ".join(words[n] for n in sorted(words)))
    print("the end" if ended else "no end")
server.close()
