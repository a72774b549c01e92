import select
import socket

listener = socket.create_server(("server", 8080))
connection, address = listener.accept()
connection.recv(1)  # the rest lies there unread

for name, events in (("level", select.EPOLLIN), ("edge", select.EPOLLIN | select.EPOLLET)):
    poller = select.epoll()
    poller.register(connection, events)
    print(name, *[len(poller.poll(0.05)) for _ in range(3)])
    poller.close()

connection.recv(1024)  # a close with bytes unread would reset the connection
