import select
import socket

connections = [socket.create_connection(("server", 8080)) for number in range(40)]

waiting = list(connections)
answers = ""
while waiting:
    for ready in select.select(waiting, [], [])[0]:
        answers += ready.recv(1).decode()
        waiting.remove(ready)
print(answers)
