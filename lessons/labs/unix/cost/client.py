import socket
import statistics
import time

SIZE = 2_000_000
SMALL, LARGE = 31, 3  # rounds; on your own machine, where nobody looks at each call: 10_000, 100

tcp = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
tcp.connect(("127.0.0.1", 8080))
tcp.recv(1)  # the server has both doors open
unix = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
unix.connect("/tmp/door")


def ask(connection, question):
    """Microseconds until the answer is there."""
    began = time.perf_counter()
    connection.sendall(question)
    connection.recv(1)
    return 1_000_000 * (time.perf_counter() - began)


def measure(question, rounds):
    took = {"TCP": [], "Unix": []}
    for number in range(rounds):
        took["TCP"].append(ask(tcp, question))  # by turns: what disturbs the one disturbs the other
        took["Unix"].append(ask(unix, question))
    for way, times in took.items():
        print(f"{way}, {len(question)} B: median {statistics.median(times):.0f} us, from {min(times):.0f} to {max(times):.0f}")


measure(b"?", SMALL)
measure(b"!" + bytes(SIZE), LARGE)
tcp.close()
unix.close()
