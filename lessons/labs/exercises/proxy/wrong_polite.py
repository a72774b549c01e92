import select
import socket
import threading

CLIENTS = 2  # then the proxy ends
ROOM = 16384  # bytes held at most in each direction


def carry(client, server):
    """Carries the bytes of each end to the other, until both have ended."""
    other = {client: server, server: client}
    held = {client: b"", server: b""}  # read from this end, and not yet taken by the other
    talking = [client, server]
    while talking:
        readers = [end for end in talking if not held[end]]  # no room, no reading
        writers = [other[end] for end in talking if held[end]]
        readable, writable, _ = select.select(readers, writers, [])
        for end in talking[:]:
            if end in readable:
                held[end] = end.recv(ROOM)
                if not held[end]:
                    other[end].shutdown(socket.SHUT_WR)  # this way has ended, the other goes on
                    talking.remove(end)
            elif other[end] in writable:
                held[end] = held[end][other[end].send(held[end]):]


def serve(client):
    with client:
        try:
            server = socket.create_connection(("host3", 8080))
        except OSError:
            return  # nobody is there: the client gets the end
        with server:
            client.setblocking(False)
            server.setblocking(False)
            try:
                carry(client, server)
            except OSError:
                pass  # closes both: a FIN, as if all were well


listener = socket.create_server(("host2", 8080))
for number in range(CLIENTS):
    client, address = listener.accept()
    threading.Thread(target=serve, args=(client,)).start()
listener.close()
