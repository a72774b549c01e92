import pathlib
import socket
import urllib.parse

folder = pathlib.Path("/tmp/files")  # what lies in it, and nothing else, is for everybody
folder.mkdir(exist_ok=True)
(folder / "index.html").write_text("<h1>Hello</h1>\n")
(folder / "two words.txt").write_text("two words\n")
(folder / "large.bin").write_bytes(bytes(range(256)) * 234)
private = pathlib.Path("/tmp/files-private")
private.mkdir(exist_ok=True)
(private / "letter.txt").write_text("for nobody\n")


def requests(connection):
    """The method, path and fields of each request, until the client has no more."""
    data = b""
    while True:
        while b"\r\n\r\n" not in data:
            more = connection.recv(4096)
            if not more:
                return
            data += more
        head, data = data.split(b"\r\n\r\n", 1)
        line, *fields = head.decode("latin-1").split("\r\n")
        method, path, version = line.split(" ")
        yield method, path, [field.lower() for field in fields]


def find(path):
    """The file that a path names, None when there is none in the folder."""
    file = (folder / urllib.parse.unquote(path).lstrip("/")).resolve()
    return file if file.is_relative_to(folder) and file.is_file() else None


def answer(connection, method, file):
    status = "200 OK" if file else "404 Not Found"
    body = file.read_bytes() if file else b"There is no such file.\n"
    head = f"HTTP/1.1 {status}\r\n\r\n".encode()  # how long it is, the client will see
    connection.sendall(head if method == "HEAD" else head + body)


def serve(connection):
    """Answers requests until either side wants to close."""
    for method, path, fields in requests(connection):
        answer(connection, method, find(path))
        if "connection: close" in fields:
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(4096):
                pass  # what comes after close() would be answered by a reset
            return


listener = socket.create_server(("server", 8080))
stopped = False
while not stopped:
    connection, address = listener.accept()
    connection.settimeout(5)  # seconds that a call may wait
    with connection:
        try:
            if connection.recv(1, socket.MSG_PEEK):
                serve(connection)
            else:
                stopped = True  # this client said nothing at all
        except (ConnectionError, TimeoutError):
            pass  # this client is gone, or silent; the next one is not
listener.close()
