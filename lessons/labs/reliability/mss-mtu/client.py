import socket


def segment():
    """How much data the kernel puts into one segment at the moment."""
    return connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG)


connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
connection.connect(("server", 8080))
for number in range(2):
    before = segment()
    connection.sendall(bytes(5000))
    connection.recv(1024)
    print("segments of", before, "bytes, afterwards of", segment())

connection.close()
