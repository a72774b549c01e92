import socket

for kind in (socket.SOCK_RAW, socket.SOCK_DGRAM):
    try:
        socket.socket(socket.AF_INET, kind, socket.IPPROTO_ICMP)
    except OSError as error:
        print(kind.name, "for ICMP:", error.strerror)

knock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
knock.connect(("host3", 9))  # nobody is there
knock.send(b"anybody?")
try:
    knock.recv(1000)
except OSError as error:
    print("host3 says:", error.strerror)  # an ICMP message, told as an error

connection = socket.create_connection(("host2", 8080))
print("connected; then", connection.recv(1000))
connection.close()
