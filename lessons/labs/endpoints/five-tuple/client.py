import socket
import sys

first = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
second = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
third = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
for s in first, second, third:
    s.connect(("server", 8080))

print("Three connections are open. Press Enter to send.")
sys.stdin.readline()

letter = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
letter.sendto(b"letter", ("server", 8080))
third.sendall(b"three")
second.sendall(b"two")
first.sendall(b"one")

for s in first, second, third, letter:
    s.close()
