import os
import socket
import sys

first = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
second = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
print("first is", first.fileno(), "and second is", second.fileno())
print("Press Enter to close the first and open a third.")
sys.stdin.readline()

first.close()
third = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
note = open("/tmp/note", "w")
for number in range(8):
    if os.path.islink(f"/proc/self/fd/{number}"):
        print(number, "is", os.readlink(f"/proc/self/fd/{number}"))
print("Press Enter to connect the third.")
sys.stdin.readline()

third.connect(("server", 8080))
os.write(third.fileno(), b"written like a file")
print(os.read(third.fileno(), 100))

for thing in second, third, note:
    thing.close()
