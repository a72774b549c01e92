import socket
import struct

TCP_SAVE_SYN, TCP_SAVED_SYN = 27, 28  # <linux/tcp.h>

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.setsockopt(socket.IPPROTO_TCP, TCP_SAVE_SYN, 1)
listener.bind(("server", 8080))
listener.listen()
connection, address = listener.accept()

packet = connection.getsockopt(socket.IPPROTO_TCP, TCP_SAVED_SYN, 120)
tcp = packet[(packet[0] & 15) * 4:]  # after the IP header
source, destination, number, acknowledged, offset, flags, window, checksum, urgent = struct.unpack("!HHIIBBHHH", tcp[:20])
print("source port", source)
print("destination port", destination)
print("sequence number", number)
print("acknowledgement number", acknowledged)
print("data offset", offset >> 4, "words")
print("flags", f"{flags:08b}")
print("window", window)
print("checksum", f"{checksum:04x}")
print("urgent pointer", urgent)
print("options", tcp[20:].hex(" "))

while data := connection.recv(100):
    print("heard", data)
    connection.sendall(b"k")
connection.close()
listener.close()
