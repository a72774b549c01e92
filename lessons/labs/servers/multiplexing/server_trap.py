import select
import socket

listener = socket.create_server(("server", 8080))
connection, address = listener.accept()
connection.setblocking(False)
poller = select.epoll()
poller.register(connection, select.EPOLLIN | select.EPOLLET)

while poller.poll(0.5):
    print("read", connection.recv(4))  # takes four bytes and sleeps again
print("epoll says no more")
print("left lying:", connection.recv(1024))
