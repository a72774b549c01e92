import resource
import socket
import time

resource.setrlimit(resource.RLIMIT_NOFILE, (6, 6))  # descriptors 0 to 5

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind(("server", 8080))
listener.listen()

served = []
for turn in range(6):
    try:
        connection, address = listener.accept()
    except OSError as error:
        print("accept failed:", error)
        time.sleep(1)
        continue
    question = connection.recv(1024)
    connection.sendall(b"answer to " + question)
    served.append(connection)
