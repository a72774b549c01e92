import socket
import sys

print("At which port is the server?")
port = int(sys.stdin.readline())

connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
connection.connect(("server", port))
print(connection.recv(100))
connection.close()
