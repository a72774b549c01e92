import select
import socket
import struct
import threading

CLIENTS = 2  # then the proxy ends
RESET = struct.pack("ii", 1, 0)


def carry(client, server):
    """Carries the bytes of each end to the other, until both have ended."""
    other = {client: server, server: client}
    talking = [client, server]
    while talking:
        readable, _, _ = select.select(talking, [], [])
        for end in readable:
            data = end.recv(16384)
            if data:
                other[end].sendall(data)  # and who carries the other way meanwhile?
            else:
                other[end].shutdown(socket.SHUT_WR)
                talking.remove(end)


def serve(client):
    with client:
        try:
            server = socket.create_connection(("host3", 8080))
        except OSError:
            return  # nobody is there: the client gets the end
        with server:
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
