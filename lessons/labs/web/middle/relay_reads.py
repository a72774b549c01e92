import re
import socket
import struct
import threading

KINDS = {20: "change cipher", 21: "alert", 22: "handshake", 23: "application data"}


def carry(source, target, name):
    stream = source.makefile("rb")
    while header := stream.read(5):  # a TLS record: kind, version, length
        kind, version, length = struct.unpack("!BHH", header)
        body = stream.read(length)
        print(name, KINDS[kind], "of length", length, *re.findall(rb"[a-z.]{9,}", body))
        target.sendall(header + body)
    target.shutdown(socket.SHUT_WR)


listener = socket.create_server(("host2", 8080))
client, address = listener.accept()
server = socket.create_connection(("host3", 8080))
back = threading.Thread(target=carry, args=(server, client, "server:"))
back.start()
carry(client, server, "client:")
back.join()
client.close()
server.close()
listener.close()
