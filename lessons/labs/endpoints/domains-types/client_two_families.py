import socket

for domain, address in (socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"):
    s = socket.socket(domain, socket.SOCK_STREAM)
    try:
        s.connect((address, 8006))
        print(address, "- connected")
    except OSError as error:
        print(address, "-", error.strerror)
    s.close()
