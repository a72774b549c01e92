import os
import socket
import time

tcp = socket.create_server(("127.0.0.1", 8080))
unix = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
unix.bind("/tmp/door")
unix.listen()

both = [tcp.accept()[0]]
both[0].send(b".")  # now both doors are open
both.append(unix.accept()[0])
time.sleep(1.5)  # and never a recv
for s in [*both, tcp, unix]:
    s.close()
os.unlink("/tmp/door")
