import select
import socket

PATIENCE = 2  # seconds without a byte; real ones have a minute, or ten

listener = socket.create_server(("host2", 8080))
client, address = listener.accept()
server = socket.create_connection(("host3", 8080))
towards = {client: server, server: client}
while towards:
    readable, _, _ = select.select(list(towards), [], [], PATIENCE)
    if not readable:
        print("nobody says anything")
        break
    for source in readable:
        data = source.recv(4096)
        if data:
            towards[source].sendall(data)
        else:
            towards.pop(source).shutdown(socket.SHUT_WR)
client.close()
server.close()
listener.close()
