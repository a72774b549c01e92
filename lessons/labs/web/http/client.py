import socket


def ask(connection, stream, request):
    connection.sendall(request)
    print(stream.readline().decode().strip())
    length = 0
    while (line := stream.readline()) != b"\r\n":  # headers, to the empty line
        name, value = line.split(b":", 1)
        if name.lower() == b"content-length":
            length = int(value)
    return stream.read(length)


with socket.create_connection(("server", 8080)) as connection:  # one answer, one connection
    stream = connection.makefile("rb")
    ask(connection, stream, b"GET / HTTP/1.0\r\n\r\n")
    print("then", stream.read())
    stream.close()

with socket.create_connection(("server", 8080)) as connection:  # the connection stays
    stream = connection.makefile("rb")
    ask(connection, stream, b"GET / HTTP/1.1\r\nHost: server\r\n\r\n")
    ask(connection, stream, b"GET /none HTTP/1.1\r\nHost: server\r\n\r\n")
    stream.close()
    print("still open")
