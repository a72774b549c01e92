import socket
from time import monotonic

ATTEMPTS = 20  # then nobody is there
words = "the code of the safe is four seven one nine".split()


def answered(number):
    """Waits for the answer to a word; False when none comes in time."""
    try:
        while int(client.recv(100)) <= number:
            pass  # a late answer, to a word before this one
        return True
    except TimeoutError:
        return False


client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.connect(("server", 8080))
client.settimeout(0.3)  # the way there and back takes 0.1 s

start, sent = monotonic(), 0
for number, word in enumerate(words):
    for attempt in range(ATTEMPTS):
        client.send(f"{number} {word}".encode())
        sent += 1
        if answered(number):
            break
        print("no answer to", number)
    else:
        raise SystemExit("nobody is there")

print(f"{len(words)} words, {sent} datagrams, {monotonic() - start:.1f} s")
client.close()
