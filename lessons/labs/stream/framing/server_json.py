import json
import socket

listener = socket.create_server(("server", 8080))
for number in range(3):
    connection, address = listener.accept()
    with connection.makefile("rb") as stream:
        for line in stream:
            message = json.loads(line)
            print(sorted(message), repr(message["text"]), message["number"] + 1)
    connection.close()
listener.close()
