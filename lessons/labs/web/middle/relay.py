import socket
import threading


def carry(source, target):
    while data := source.recv(4096):
        target.sendall(data)
    target.shutdown(socket.SHUT_WR)  # this direction has ended, the other may go on


listener = socket.create_server(("host2", 8080))
client, address = listener.accept()
server = socket.create_connection(("host3", 8080))  # a connection of the relay's own
back = threading.Thread(target=carry, args=(server, client))
back.start()
carry(client, server)
back.join()
client.close()
server.close()
listener.close()
