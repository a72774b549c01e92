import socket
import sys

first = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
second = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
first.connect(("server", 8080))
second.connect(("server", 8080))

first.sendall(b"one")
second.sendall(b"two")
print("first:", first.recv(4096))
print("second:", second.recv(4096))

print("Press Enter to hang up both.")
sys.stdin.readline()
first.close()
second.close()
