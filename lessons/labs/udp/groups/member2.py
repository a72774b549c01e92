import socket

group = socket.inet_aton("239.1.2.3")
own = socket.inet_aton(socket.gethostbyname("host2"))

member = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
member.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, group + own)
member.bind(("", 5000))
member.settimeout(2)
try:
    while True:
        print(member.recvfrom(1024))
except TimeoutError:
    member.close()
