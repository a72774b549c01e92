import socket

for name in "localhost", "server", "10.0.0.2", "no-such-name":
    for family in socket.AF_INET6, socket.AF_INET:
        try:
            found = socket.getaddrinfo(name, 8080, family, socket.SOCK_STREAM)
            print(name, "is", found[0][4][0])
        except socket.gaierror as error:
            print(name, "has none:", error.strerror)

try:
    socket.create_connection(("localhost", 8080))
except OSError as error:
    print("localhost:", error.strerror)  # this host, and the server is another

connection = socket.create_connection(("server", 8080))  # tries them one after another, too
print("server:", connection.getpeername()[0])
connection.recv(100)
connection.close()
