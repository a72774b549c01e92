import select
import socket
import time

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
listener.bind(("server", 8080))
listener.listen(64)

poller = select.epoll()
poller.register(listener, select.EPOLLIN)
clients, served = {}, 0
while clients or not served:  # until the last one has gone
    for number, event in poller.poll():
        if number == listener.fileno():
            client, address = listener.accept()
            client.sendall(b"A")
            if not served:
                time.sleep(2)  # busy with its first client
            poller.register(client, select.EPOLLIN)
            clients[client.fileno()] = client
            served += 1
        else:  # the end of this client's stream
            clients.pop(number).close()
print("A served", served)
