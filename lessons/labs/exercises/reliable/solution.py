import socket
from time import monotonic

WORDS = "Reliable is not what the network gives: it is what two programs agree on and check.".split()
WINDOW = 4  # so many numbers may be without an answer
OVERDUE = 0.3  # seconds
ATTEMPTS = 10

due = {}  # when a number without an answer is overdue
attempts = {}


def send(number):
    attempts[number] = attempts.get(number, 0) + 1
    if attempts[number] > ATTEMPTS:
        raise SystemExit("gave up")
    client.send(" ".join([str(number), *WORDS[number:number + 1]]).encode())
    due[number] = monotonic() + OVERDUE


def wait():
    """Takes one answer; if none comes in time, sends what is overdue."""
    first = min(due, key=due.get)
    client.settimeout(max(0.001, due[first] - monotonic()))
    try:
        due.pop(int(client.recv(100)), None)  # a second answer changes nothing
    except TimeoutError:
        send(first)


def transfer(numbers):
    for number in numbers:
        while len(due) == WINDOW:
            wait()
        send(number)
    while due:
        wait()


client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.connect(("server", 8080))
try:
    transfer(range(len(WORDS)))
    transfer([len(WORDS)])  # the end
except ConnectionRefusedError:
    raise SystemExit("gave up")
client.close()
