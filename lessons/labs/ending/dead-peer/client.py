import socket

plain = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
plain.connect(("server", 8080))

watchful = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
watchful.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
watchful.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 1)
watchful.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 1)
watchful.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, 2)
watchful.connect(("server", 8080))

try:
    watchful.recv(1024)
except OSError as error:
    print("watchful:", error)

print("plain: sent", plain.send(b"hello"))
plain.close()
watchful.close()
