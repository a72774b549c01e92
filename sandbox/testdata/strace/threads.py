import os
import select
import signal
import socket
import threading
import time

s = socket.create_server(("127.0.0.1", 8080), backlog=3)


def serve():
    d, _ = s.accept()
    with d:
        d.sendall(d.recv(100).upper())


c = socket.socket()
t = threading.Thread(target=serve)
t.start()
c.connect(("127.0.0.1", 8080))
c.sendall(b"hello")
select.select([c], [], [], 5)
print(c.recv(100))
t.join()
pid = os.fork()
if pid == 0:
    os._exit(7)
os.waitpid(pid, 0)
signal.signal(signal.SIGALRM, lambda *_: None)
signal.setitimer(signal.ITIMER_REAL, 0.02)
time.sleep(0.1)
r, w = os.pipe()
os.write(w, b"x")
p = select.poll()
p.register(r, select.POLLIN)
print(p.poll(1000))
e = select.epoll()
e.register(r, select.EPOLLIN)
print(e.poll(1))
e.close()
c.setblocking(False)
try:
    c.send(b"x")
    time.sleep(0.01)
    c.send(b"x")
except OSError as error:
    print(error)
c.close()
s.close()
