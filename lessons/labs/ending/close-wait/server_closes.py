import socket

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind(("server", 8080))
listener.listen()

for turn in (1, 2, 3):
    connection, address = listener.accept()
    with connection:  # closes it at the end, whatever happens
        while question := connection.recv(1024):
            connection.sendall(b"answer to " + question)

listener.close()
