import socket

group = socket.inet_aton("239.1.2.3")
own = socket.inet_aton(socket.gethostbyname("host4"))

listener = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
listener.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, group + own)
listener.bind(("", 5000))
listener.settimeout(2)
try:
    while True:
        print(listener.recvfrom(1024))
except TimeoutError:
    listener.close()
