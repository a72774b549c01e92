import socket

connection = socket.create_connection(("server", 8080), timeout=3)
answers = connection.makefile("rb")


def answer(method="GET"):
    """Reads one answer, says what it is, and returns its body."""
    code = answers.readline().decode()[9:12]  # HTTP/1.1 200 OK
    fields = {}
    while line := answers.readline().decode().strip():
        name, colon, value = line.partition(":")
        fields[name.lower()] = value.strip()
    length = int(fields.get("content-length", -1))  # without one, the end of the connection is the end
    body = b"" if method == "HEAD" else answers.read(length)
    print(f"200, {length} bytes" if code == "200" else code or "no answer")
    return body


try:
    connection.sendall(
        b"GET /two%20words.txt HTTP/1.1\r\nHost: server\r\n\r\n"
        b"GET /index.html HTTP/1.1\r\nHost: server\r\n\r\n"
        b"GET /two%20words.txt HTTP/1.1\r\nHost: server\r\n\r\n"
    )  # does not wait for the first answer
    for number in range(3):
        print(answer().decode().strip())
except (OSError, ValueError) as error:
    print(error)
connection.close()

socket.create_connection(("server", 8080)).close()  # says nothing: the server may end
