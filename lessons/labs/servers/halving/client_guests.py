import socket

for number in range(1, 5):
    guest = socket.create_connection(("server", 8080), timeout=1)
    try:
        print("guest", number, guest.recv(100).decode())
    except TimeoutError:
        print("guest", number, "connected, and no welcome")
    guest.close()
