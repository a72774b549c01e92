import socket
import threading
import time


def copy(name, pause):
    """Sends for five seconds, after a pause."""
    time.sleep(pause)
    connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_CONGESTION, b"reno")
    connection.connect(("server", 8080))
    end = time.monotonic() + 5
    while time.monotonic() < end:
        connection.sendall(bytes(5000))
    connection.shutdown(socket.SHUT_WR)
    print(name, connection.recv(1024).decode())
    connection.close()


threads = [threading.Thread(target=copy, args=["first:", 0]),
           threading.Thread(target=copy, args=["second:", 1])]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
