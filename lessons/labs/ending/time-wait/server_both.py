import socket
import sys

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind(("server", 8080))
listener.listen()

connection, address = listener.accept()
print("Press Enter to close.")
sys.stdin.readline()
connection.close()
listener.close()
