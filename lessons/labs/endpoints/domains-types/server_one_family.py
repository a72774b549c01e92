import socket

gate = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
gate.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
gate.bind(("::", 8006))
gate.listen()

gate.settimeout(1)
try:
    while True:
        visitor, address = gate.accept()
        print("a call from", address)
        visitor.close()
except socket.timeout:
    print("no more calls for a second")
gate.close()
