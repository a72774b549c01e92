import socket
import time

s = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
s.connect("/tmp/stream")
for message in b"AAA", b"BBB", b"CCC":
    s.send(message)
    time.sleep(0.5)
s.close()
