import os
import socket

SIZE = 2_000_000

tcp = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
tcp.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
tcp.bind(("127.0.0.1", 8080))
tcp.listen()
if os.path.exists("/tmp/door"):
    os.unlink("/tmp/door")  # what an earlier run may have left
unix = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
unix.bind("/tmp/door")
unix.listen()

both = [tcp.accept()[0]]
both[0].send(b".")  # now both doors are open
both.append(unix.accept()[0])
question = b"?"
while question:
    for connection in both:  # by turns, as the client asks
        question = connection.recv(1)
        if question == b"!":
            connection.recv(SIZE, socket.MSG_WAITALL)  # all of it, in one call
        if question:
            connection.send(b".")
for s in [*both, tcp, unix]:
    s.close()
os.unlink("/tmp/door")
