import socket

silent = socket.create_connection(("server", 8080), timeout=4)
waits = socket.create_connection(("server", 8080), timeout=4)
try:
    silent.sendall(b"hello")
    print(silent.recv(100).decode())
    waits.sendall(b"me, too")
    print("let go" if silent.recv(100) == b"" else "more")  # has said nothing more
    print(waits.recv(100).decode())
except OSError as error:
    print(error)
silent.close()
waits.close()

socket.create_connection(("server", 8080)).close()  # says nothing: the server may end
