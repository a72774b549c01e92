import socket
import sys

connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
connection.connect(("server", 8080))
print("Press Enter to close.")
sys.stdin.readline()
connection.close()
