import socket
import sys


def socket_at_5000():
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind(("client", 5000))
    return s


first, second, third = socket_at_5000(), socket_at_5000(), socket_at_5000()
print("Press Enter to connect.")
sys.stdin.readline()

first.connect(("server", 8080))
first.recv(1)  # the server has both ports open
second.connect(("server", 8081))
try:
    third.connect(("server", 8080))
except OSError as error:
    print("once more to 8080:", error)

print("Press Enter to close.")
sys.stdin.readline()
for s in first, second, third:
    s.close()
