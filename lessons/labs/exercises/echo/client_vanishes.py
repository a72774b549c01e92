import socket
import struct
import time

lost = socket.create_connection(("server", 8080), timeout=4)
lost.settimeout(0.5)
try:
    lost.sendall(bytes(1_000_000))  # and reads nothing of what comes back
except OSError:
    pass  # the server can send nothing more, and so it reads nothing
lost.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
lost.close()  # pulls the plug: a reset

time.sleep(0.2)
with socket.create_connection(("server", 8080), timeout=4) as connection:
    try:
        connection.sendall(b"the next one")
        connection.shutdown(socket.SHUT_WR)
        print(connection.makefile("r").read())
    except OSError as error:
        print(error)

socket.create_connection(("server", 8080)).close()  # says nothing: the server may end
