import socket

listener = socket.create_server(("server", 8080))
for turn in range(2):
    connection, address = listener.accept()
    connection.settimeout(0.5)
    try:
        while line := connection.recv(100):
            print("logged:", line.decode())
    except TimeoutError:
        pass
    connection.close()
