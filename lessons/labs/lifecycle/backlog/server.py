import socket
import time

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind(("server", 8080))
listener.listen(1)
time.sleep(3)  # busy with something else, and never accepts
listener.close()
