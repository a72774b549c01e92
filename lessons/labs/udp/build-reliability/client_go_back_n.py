import socket
from time import monotonic

WINDOW = 4  # so many words may be on their way
ATTEMPTS = 20  # then nobody is there
words = "the code of the safe is four seven one nine".split()

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.connect(("server", 8080))
client.settimeout(0.3)  # the way there and back takes 0.1 s

start, sent, silent = monotonic(), 0, 0
oldest, number = 0, 0  # the oldest word without an answer, and the next to send
while oldest < len(words):
    while number < min(oldest + WINDOW, len(words)):
        client.send(f"{number} {words[number]}".encode())
        sent += 1
        number += 1
    try:
        oldest = max(oldest, int(client.recv(100)))  # all before it have arrived
        silent = 0
    except TimeoutError:
        print("no answer to", oldest)
        number = oldest  # go back, and send all from there again
        silent += 1
        if silent == ATTEMPTS:
            raise SystemExit("nobody is there")

print(f"{len(words)} words, {sent} datagrams, {monotonic() - start:.1f} s")
client.close()
