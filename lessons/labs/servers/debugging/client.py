import socket

for attempt in range(2):
    connection = socket.create_connection(("server", 8080), timeout=2)
    connection.sendall(b"price of tea?")
    try:
        print("answer:", connection.recv(100).decode())
    except TimeoutError:
        print("no answer in 2 seconds, restarting")
    connection.close()
