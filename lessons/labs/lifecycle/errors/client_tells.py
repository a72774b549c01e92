import errno
import socket

attempts = []
for port in (8080, 9999):
    connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    connection.settimeout(5)
    attempts.append(connection)  # neither is closed before both are tried
    try:
        connection.connect(("server", port))
        print(port, "connected")
    except OSError as error:
        print(port, errno.errorcode[error.errno])
