import socket


def bind(address, port):
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        s.bind((address, port))
        print(f"bind {address} {port}: got", s.getsockname())
    except OSError as error:
        print(f"bind {address} {port}: {error.strerror}")
    return s


def take_call(listener):
    connection, address = listener.accept()
    print("my end is", connection.getsockname(), "called by", address)
    return connection


inner = bind("127.0.0.5", 8001)
outer = bind("server", 8002)
every = bind("0.0.0.0", 8003)
others = [bind("server", 0), bind("server", 8002), bind("server", 80), bind("192.0.2.1", 8004)]

for s in outer, inner, every:
    s.listen()
caller = take_call(outer)
caller.sendall(b"all doors are open")
take_call(every).close()

with socket.create_connection(("127.0.0.5", 8001)):
    print("from inside I reach 127.0.0.5")
with socket.create_connection(("127.0.0.1", 8003)):
    take_call(every).close()

caller.recv(100)
for s in caller, inner, outer, every, *others:
    s.close()
