import socket

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind(("server", 8080))
listener.listen()

for number in range(2):
    connection, address = listener.accept()
    question = b""
    while data := connection.recv(1024):
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        question += data
        if question.endswith(b"\n"):
            connection.send(b"welcome")
            question = b""
    connection.close()

listener.close()
