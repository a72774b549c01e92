import select
import socket
import struct
import threading

CLIENTS = 2  # then the proxy ends
ROOM = 16384  # bytes held at most in each direction
RESET = struct.pack("ii", 1, 0)


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


def serve(client, server):
    with client, server:
        client.setblocking(False)
        server.setblocking(False)
        try:
            carry(client, server)
        except OSError:  # one was reset, so the other is
            for end in client, server:
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)


listener = socket.create_server(("host2", 8080))
for number in range(CLIENTS):
    client, address = listener.accept()
    server = socket.create_connection(("host3", 8080))  # here one client's trouble ends it all
    threading.Thread(target=serve, args=(client, server)).start()
listener.close()
