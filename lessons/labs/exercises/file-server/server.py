import pathlib
import socket

folder = pathlib.Path("/tmp/files")  # what lies in it, and nothing else, is for everybody
folder.mkdir(exist_ok=True)
(folder / "index.html").write_text("<h1>Hello</h1>\n")
(folder / "two words.txt").write_text("two words\n")
(folder / "large.bin").write_bytes(bytes(range(256)) * 234)
private = pathlib.Path("/tmp/files-private")
private.mkdir(exist_ok=True)
(private / "letter.txt").write_text("for nobody\n")

listener = socket.create_server(("server", 8080))
connection, address = listener.accept()
data = connection.recv(4096)
# Here it is your turn.
connection.close()
listener.close()
