import socket
import time

listener = socket.create_server(("server", 8080))
done = set()
for attempt in range(2):
    connection, address = listener.accept()
    order = connection.recv(100)
    if order in done:
        print("already done", order)
    else:
        done.add(order)
        print("done", order)
        time.sleep(0.8)  # in which the cable is cut: this answer will be late
    connection.sendall(b"done")
    connection.close()
