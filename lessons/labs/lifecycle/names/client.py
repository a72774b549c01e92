import socket

found = []
for family in socket.AF_INET6, socket.AF_INET:  # the order that most systems prefer
    found += socket.getaddrinfo("server", 8080, family, socket.SOCK_STREAM)
for family, kind, protocol, canonical, address in found:
    print("found", family.name, address[0])

for family, kind, protocol, canonical, address in found:
    connection = socket.socket(family, kind, protocol)
    try:
        connection.connect(address)
    except OSError as error:
        print("tried", address[0], error.strerror)
        connection.close()
        continue
    print("connected to", connection.getpeername()[0])
    break

print(connection.recv(100))
connection.close()
