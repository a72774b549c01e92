import socket
import time

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind(("server", 8080))
listener.listen()
listener.accept()[0].sendall(b"hello")  # nobody keeps the new socket
time.sleep(1)
listener.close()
print("done")
