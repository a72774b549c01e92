import select
import socket
import struct
import threading

CLIENTS = 2  # then the proxy ends
RESET = struct.pack("ii", 1, 0)


def carry(client, server):
    """Carries the bytes of each end to the other, until both have ended."""
    other = {client: server, server: client}
    held = {client: b"", server: b""}  # read from this end, and not yet taken by the other
    talking, reading = [client, server], [client, server]
    while talking:
        writers = [other[end] for end in talking if held[end]]
        readable, writable, _ = select.select(reading, writers, [])
        for end in readable:  # takes all that comes, whether it can be passed on or not
            data = end.recv(16384)
            held[end] += data
            if not data:
                reading.remove(end)
        for end in talking[:]:
            if other[end] in writable:
                held[end] = held[end][other[end].send(held[end]):]
            if not held[end] and end not in reading:
                other[end].shutdown(socket.SHUT_WR)
                talking.remove(end)


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
            except OSError:  # one was reset, so the other is
                for end in client, server:
                    end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)


listener = socket.create_server(("host2", 8080))
for number in range(CLIENTS):
    client, address = listener.accept()
    threading.Thread(target=serve, args=(client,)).start()
listener.close()
