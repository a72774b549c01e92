import socket
import time

pieces = [b"%02d" % number + b"." * 998 for number in range(40)]

tcp = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
tcp.connect(("server", 8080))
for piece in pieces:
    tcp.sendall(piece)
tcp.shutdown(socket.SHUT_WR)
print("TCP: the server says", tcp.recv(1024))
tcp.close()

udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for piece in pieces:
    udp.sendto(piece, ("server", 8080))
    time.sleep(0.035)
print("UDP: nobody says anything")
udp.close()
