import socket
import time

order = b"pay 10, number 7"  # the same number each time: it is one order
for attempt in range(5):
    try:
        connection = socket.create_connection(("server", 8080), timeout=1)
        connection.sendall(order)
        print("attempt", attempt, connection.recv(100))
        break
    except TimeoutError:
        print("attempt", attempt, "no answer")
        time.sleep(1.3)
