import socket
import ssl

# The certificate of the shop, and its key, which nobody else may have. This
# one was made for the lab and opens nothing.
SHOP = """
-----BEGIN CERTIFICATE-----
MIIBOTCB7KADAgECAgEBMAUGAytlcDAXMRUwEwYDVQQDDAxzaG9wLmV4YW1wbGUw
IBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBcxFTATBgNVBAMMDHNo
b3AuZXhhbXBsZTAqMAUGAytlcAMhAME31ZZr+Q2/01dL+4qtcVtJ8hpwin0HAf9o
gRVeiWG8o1swWTAPBgNVHRMBAf8EBTADAQH/MA4GA1UdDwEB/wQEAwIChDAdBgNV
HQ4EFgQUYePKidepuioAUm9zagacwLsmGf8wFwYDVR0RBBAwDoIMc2hvcC5leGFt
cGxlMAUGAytlcANBAK8C3npUxuewj9SYLlkzZSYt+2yZHEVjXQRxCvJbeZuV2sRU
DA7hOH05UIdRdd2MVBsI/GK/p0+F/Yx+/X0dQwo=
-----END CERTIFICATE-----
-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIOX+TdaMStlqojps9Drzp8TgGt5nkBUsrohv4TUPz1x4
-----END PRIVATE KEY-----
"""

with open("/tmp/shop.pem", "w") as file:
    file.write(SHOP)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain("/tmp/shop.pem")

listener = socket.create_server(("host3", 8080))
connection, address = listener.accept()
secure = context.wrap_socket(connection, server_side=True)
print("received", secure.recv(1000))
secure.sendall(b"thank you")
secure.close()
listener.close()
