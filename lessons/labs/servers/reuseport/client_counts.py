import socket

connections = [socket.create_connection(("server", 8080)) for number in range(40)]

served, reset = 0, 0
for connection in connections:
    try:
        connection.recv(1)
        served += 1
    except ConnectionResetError:
        reset += 1
print("served", served, "reset", reset)
