import socket

WORDS = "Reliable is not what the network gives: it is what two programs agree on and check.".split()
WINDOW = 4
ATTEMPTS = 10


def transfer(first, end):
    """Sends the numbers from first on; when one is overdue, goes back to it and sends all from there."""
    oldest, number, silent = first, first, 0
    answered = set()
    while oldest < end:
        while number < min(oldest + WINDOW, end):
            client.send(" ".join([str(number), *WORDS[number:number + 1]]).encode())
            number += 1
        try:
            answered.add(int(client.recv(100)))
            silent = 0
        except TimeoutError:
            number = oldest
            silent += 1
            if silent == ATTEMPTS:
                raise SystemExit("gave up")
        while oldest in answered:
            oldest += 1


client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.connect(("server", 8080))
client.settimeout(0.3)
try:
    transfer(0, len(WORDS))
    transfer(len(WORDS), len(WORDS) + 1)
except ConnectionRefusedError:
    raise SystemExit("gave up")
client.close()
