import socket
import struct
import zlib


def internet_checksum(data):
    """The sum of TCP, UDP and IP, of an even number of bytes (RFC 1071)."""
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total > 0xFFFF:
        total = (total & 0xFFFF) + (total >> 16)
    return 0xFFFF - total


connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
connection.connect(("server", 8080))
for order in (b"PAY 0010", b"PAY 1000", b"PAY 0011"):
    print(order, "checksum %04x, CRC-32 %08x" % (internet_checksum(order), zlib.crc32(order)))
    connection.sendall(order)

connection.close()
