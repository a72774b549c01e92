import socket
import sys

print("Press Enter to call the server.")
sys.stdin.readline()

conversation = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
conversation.connect(("server", 8080))

print("Say something. An empty line hangs up.")
while line := sys.stdin.readline().strip():
    conversation.sendall(line.encode())
    print("the server answered:", conversation.recv(4096).decode())

conversation.close()
