import socket

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind(("server", 8080))
listener.listen()

connections = [listener.accept()[0] for _ in range(40)]
print("local addresses:", {c.getsockname() for c in connections})
print("remote ports:", len({c.getpeername()[1] for c in connections}))

for c in connections:
    c.recv(100)
    c.close()
listener.close()
