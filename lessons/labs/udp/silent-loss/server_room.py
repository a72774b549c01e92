import socket
import time

SO_RXQ_OVFL = 40  # from <asm/socket.h>; Python has no name for it

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.setsockopt(socket.SOL_SOCKET, SO_RXQ_OVFL, 1)
server.bind(("server", 8080))
time.sleep(2)  # busy with something else

received = 0
server.settimeout(1)
try:
    while True:
        data, address = server.recvfrom(1024)
        print("read", data.decode())
        received += 1
except TimeoutError:
    server.sendto(b"%d received" % received, address)

data, notes, flags, address = server.recvmsg(1024, socket.CMSG_SPACE(4))
for level, kind, value in notes:
    print("thrown away by my kernel:", int.from_bytes(value, "little"))
server.close()
