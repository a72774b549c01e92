import socket

socket.setdefaulttimeout(5)  # seconds


def answer():
    """What comes through the proxy: bytes, or how it ends."""
    with socket.create_connection(("host2", 8080)) as connection:
        try:
            return connection.makefile().read() or "end"
        except ConnectionResetError:
            return "end"


print(answer())
for number in range(2):  # goes past the proxy: begin to listen; do you listen?
    with socket.create_connection(("host3", 9090)) as door:
        door.recv(1)
print(answer())
