import select
import socket

listener = socket.create_server(("server", 8080))
waiting = [listener]
served = 0
while served < 3:
    for ready in select.select(waiting, [], [])[0]:
        if ready is listener:
            waiting.append(listener.accept()[0])
        elif data := ready.recv(100):
            ready.sendall(data.upper())
        else:
            waiting.remove(ready)
            ready.close()
            served += 1
print("three clients, one thread")
