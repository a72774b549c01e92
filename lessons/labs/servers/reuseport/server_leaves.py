import select
import socket
import time

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
listener.bind(("server", 8080))
listener.listen(64)

select.select([listener], [], [])  # the first one stands in the queue
time.sleep(0.5)  # and more come
listener.close()
print("A has gone")
