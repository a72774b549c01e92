import socket
from time import monotonic


def report(name, numbers, times):
    missing = sorted(set(range(40)) - set(numbers))
    order = "in order" if numbers == sorted(numbers) else "not in order"
    print(f"{name}: {len(numbers)} pieces, {order}, missing {missing},",
          round(1000 * (times[-1] - times[0])), "ms")


udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
udp.bind(("server", 8080))
listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind(("server", 8080))
listener.listen()

data, times = b"", []
connection, address = listener.accept()
while more := connection.recv(65536):
    data += more
    times.append(monotonic())
report("TCP", [int(data[at:at + 2]) for at in range(0, len(data), 1000)], times)
connection.sendall(b"thank you")
connection.close()

numbers, times = [], []
try:
    while True:
        piece = udp.recv(65536)
        numbers.append(int(piece[:2]))
        times.append(monotonic())
        udp.settimeout(2)
except TimeoutError:
    report("UDP", numbers, times)
