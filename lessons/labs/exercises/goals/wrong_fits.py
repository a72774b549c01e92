import socket


def connect():
    return socket.create_connection(("server", 8080))


# 1. When you say stop, exactly one of your sockets is in CLOSE_WAIT.
left = connect()
left.sendall(b"hello")
while left.recv(100):
    pass  # until its end has come; left stays open

# 2. One call of send takes some of your bytes, and not all.
with connect() as eager:
    eager.setblocking(False)
    print("send took", eager.send(bytes(10_000)))  # all of it has room

# 3. One of your calls fails with ECONNRESET. Nobody sets SO_LINGER.
with connect() as talker:
    talker.sendall(b"more than eight bytes")
    try:
        while talker.recv(100):
            pass
    except ConnectionResetError as error:
        print(error)

# 4. Three calls of recv, or fewer, bring you a million bytes.
with connect() as patient:
    patient.sendall(b"million\n")
    print("recv brought", len(patient.recv(1_000_000, socket.MSG_WAITALL)))

connect().sendall(b"stop\n")  # the server ends, and the kernel's word counts
