import socket

listener = socket.create_server(("server", 8080))
word = b""
while word != b"stop\n":
    guest, address = listener.accept()
    with guest:  # closes it
        try:
            word = guest.recv(8)  # once
            guest.sendall(b"." * 1_000_000 if word == b"million\n" else b"thank you")
        except ConnectionError:
            pass  # this guest is gone
listener.close()
