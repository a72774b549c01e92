import socket
import sys

with open("/proc/sys/net/ipv4/ip_local_port_range") as file:
    print("ports for those who do not bind:", *file.read().split())


def call(port):
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        s.connect(("server", port))
        print(f"port {port}: connected, my end is", s.getsockname())
    except OSError as error:
        print(f"port {port}: {error.strerror}")
    return s


outer = call(8002)
outer.recv(100)
every = call(8003)
inner = call(8001)

print("Press Enter to hang up.")
sys.stdin.readline()
for s in outer, every, inner:
    s.close()
