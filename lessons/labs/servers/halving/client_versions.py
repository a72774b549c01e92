import socket
import time

for attempt in range(2):
    try:
        with socket.create_connection(("server", 8080)) as connection:
            print(connection.recv(100).decode())
    except OSError as error:
        print("failed:", error.strerror)
    time.sleep(1)
