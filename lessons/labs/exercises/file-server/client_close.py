import socket
import time

connection = socket.socket()
connection.settimeout(3)
connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)  # little room
connection.connect(("server", 8080))
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
    connection.sendall(b"GET /large.bin HTTP/1.1\r\nHost: server\r\nConnection: close\r\n\r\n")
    time.sleep(0.4)  # reads nothing yet
    connection.sendall(b"GET /index.html HTTP/1.1\r\nHost: server\r\n\r\n")  # too late, but it may
    time.sleep(0.2)
    print("as it should be" if answer() == bytes(range(256)) * 234 else "something else")
    print("end" if answers.read() == b"" else "more")
except (OSError, ValueError) as error:
    print(error)
connection.close()

socket.create_connection(("server", 8080)).close()  # says nothing: the server may end
