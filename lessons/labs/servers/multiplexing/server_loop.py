import select
import socket

listener = socket.create_server(("server", 8080))
poller = select.epoll()
poller.register(listener, select.EPOLLIN)
connections = {}

served = 0
while served < 3:
    for number, event in poller.poll():
        if number == listener.fileno():
            connection, address = listener.accept()
            poller.register(connection, select.EPOLLIN)
            connections[connection.fileno()] = connection
        elif data := connections[number].recv(100):
            connections[number].sendall(data.upper())
        else:  # the end of this client's stream
            poller.unregister(number)
            connections.pop(number).close()
            served += 1
print("three clients, one thread")
