import socket
import sys

connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
connection.connect(("server", 8080))
copy = connection.dup()

print("Press Enter to close the first descriptor.")
sys.stdin.readline()
connection.close()
print("Press Enter to close the copy.")
sys.stdin.readline()
copy.close()
