import socket
import sys

connections = []
for _ in range(40):
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    s.connect(("server", 8080))
    connections.append(s)

print("Forty connections are open. Press Enter to close them.")
sys.stdin.readline()
for s in connections:
    s.close()
