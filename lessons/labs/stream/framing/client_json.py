import json
import socket

for number in range(3):
    connection = socket.create_connection(("server", 8080))
    message = {"text": "first line\nsecond line", "number": number}
    connection.sendall(json.dumps(message).encode() + b"\n")  # JSON writes a newline as two letters
    connection.close()
