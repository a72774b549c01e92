import socket

IP_MTU_DISCOVER, IP_PMTUDISC_DONT = 10, 0  # ip(7)

connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
connection.setsockopt(socket.IPPROTO_IP, IP_MTU_DISCOVER, IP_PMTUDISC_DONT)
connection.connect(("server", 8080))
for number in range(2):
    connection.sendall(bytes(5000))
    print(connection.recv(1024))

connection.close()
