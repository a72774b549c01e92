import socket
import threading

SIZE = 250_000
socket.setdefaulttimeout(5)  # seconds


def send():
    connection.sendall(bytes(SIZE))
    connection.shutdown(socket.SHUT_WR)


connection = socket.create_connection(("host2", 8080))
sender = threading.Thread(target=send)
sender.start()  # one thread sends, this one reads
try:
    print("received", len(connection.makefile("rb").read()))
except OSError as error:
    print(error)
sender.join()

connection = socket.create_connection(("host2", 8080))
print(connection.makefile().read())
