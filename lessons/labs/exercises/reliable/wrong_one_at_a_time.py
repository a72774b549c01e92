import socket

WORDS = "Reliable is not what the network gives: it is what two programs agree on and check.".split()
ATTEMPTS = 10


def answered(number):
    """Waits for the answer to a number; False when none comes in time."""
    try:
        while int(client.recv(100)) != number:
            pass
        return True
    except TimeoutError:
        return False


client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.connect(("server", 8080))
client.settimeout(0.3)
try:
    for number in range(len(WORDS) + 1):
        for attempt in range(ATTEMPTS):
            client.send(" ".join([str(number), *WORDS[number:number + 1]]).encode())
            if answered(number):  # only then the next one
                break
        else:
            raise SystemExit("gave up")
except ConnectionRefusedError:
    raise SystemExit("gave up")
client.close()
