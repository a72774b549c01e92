import socket
import threading


def serve(connection):
    received = 0
    while data := connection.recv(65536):
        received += len(data)
    connection.sendall(b"%d bytes" % received)
    connection.close()


listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind(("server", 8080))
listener.listen()

threads = []
for number in range(2):
    connection, address = listener.accept()
    threads.append(threading.Thread(target=serve, args=[connection]))
    threads[-1].start()
for thread in threads:
    thread.join()

listener.close()
