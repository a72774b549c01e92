import socket
import time

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
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for piece in (
        b"GE",
        b"T /index.html HT",
        b"TP/1.1\r\nHost: server\r",
        b"\n\r",
        b"\n",
        b"GET /two%20wor",
        b"ds.txt HTTP/1.1\r\nHost: server\r\n\r\n",
    ):
        connection.sendall(piece)
        time.sleep(0.1)  # thinks
    print(answer().decode().strip())
    print(answer().decode().strip())
except (OSError, ValueError) as error:
    print(error)
connection.close()

socket.create_connection(("server", 8080)).close()  # says nothing: the server may end
