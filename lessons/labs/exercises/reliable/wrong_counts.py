import socket
from time import monotonic

WORDS = "Reliable is not what the network gives: it is what two programs agree on and check.".split()
WINDOW = 4  # so many numbers may be without an answer
OVERDUE = 0.6  # seconds; patient, so that only copies made by the wire betray it
ATTEMPTS = 10

due = {}  # when a number without an answer is overdue
attempts = {}
under_way = 0


def send(number):
    attempts[number] = attempts.get(number, 0) + 1
    if attempts[number] > ATTEMPTS:
        raise SystemExit("gave up")
    client.send(" ".join([str(number), *WORDS[number:number + 1]]).encode())
    due[number] = monotonic() + OVERDUE


def wait():
    """Takes one answer; if none comes in time, sends what is overdue."""
    global under_way
    first = min(due, key=due.get)
    client.settimeout(max(0.001, due[first] - monotonic()))
    try:
        due.pop(int(client.recv(100)), None)
        under_way -= 1  # each answer makes room, whatever its number
    except TimeoutError:
        send(first)


def transfer(numbers):
    global under_way
    for number in numbers:
        while due and under_way >= WINDOW:
            wait()
        send(number)
        under_way += 1
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
