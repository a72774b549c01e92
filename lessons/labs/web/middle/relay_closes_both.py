import select
import socket


def carry(client, server):
    towards = {client: server, server: client}
    while True:
        readable, _, _ = select.select(list(towards), [], [])
        for source in readable:
            data = source.recv(4096)
            if not data:
                return  # the end of one direction, taken for the end of both
            towards[source].sendall(data)


listener = socket.create_server(("host2", 8080))
client, address = listener.accept()
server = socket.create_connection(("host3", 8080))
carry(client, server)
client.close()
server.close()
listener.close()
