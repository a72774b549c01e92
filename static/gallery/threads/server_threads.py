import socket
import threading


def talk(connection):
    line = connection.recv(100)
    connection.sendall(b"hello, " + line)
    connection.close()


listener = socket.create_server(("host1", 8080))
for turn in range(2):
    connection, address = listener.accept()
    threading.Thread(target=talk, args=(connection,)).start()
listener.close()
