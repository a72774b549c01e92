import socket
import ssl

# A certificate says which key belongs to a name. The client has it already, as
# browsers have those of the authorities.
KNOWN = """
-----BEGIN CERTIFICATE-----
MIIBOTCB7KADAgECAgEBMAUGAytlcDAXMRUwEwYDVQQDDAxzaG9wLmV4YW1wbGUw
IBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBcxFTATBgNVBAMMDHNo
b3AuZXhhbXBsZTAqMAUGAytlcAMhAME31ZZr+Q2/01dL+4qtcVtJ8hpwin0HAf9o
gRVeiWG8o1swWTAPBgNVHRMBAf8EBTADAQH/MA4GA1UdDwEB/wQEAwIChDAdBgNV
HQ4EFgQUYePKidepuioAUm9zagacwLsmGf8wFwYDVR0RBBAwDoIMc2hvcC5leGFt
cGxlMAUGAytlcANBAK8C3npUxuewj9SYLlkzZSYt+2yZHEVjXQRxCvJbeZuV2sRU
DA7hOH05UIdRdd2MVBsI/GK/p0+F/Yx+/X0dQwo=
-----END CERTIFICATE-----
"""

context = ssl.create_default_context(cadata=KNOWN)
connection = socket.create_connection(("host2", 8080))
secure = context.wrap_socket(connection, server_hostname="shop.example")
print(secure.version(), "with the owner of the key of shop.example")
secure.sendall(b"pay 10 to shop.example")
print("answer", secure.recv(1000))
secure.close()
