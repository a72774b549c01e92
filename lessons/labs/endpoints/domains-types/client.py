import socket

KINDS = [
    (socket.AF_INET, socket.SOCK_STREAM, ("server", 8001)),
    (socket.AF_INET, socket.SOCK_DGRAM, ("server", 8001)),
    (socket.AF_UNIX, socket.SOCK_STREAM, "/tmp/stream"),
    (socket.AF_UNIX, socket.SOCK_DGRAM, "/tmp/dgram"),
    (socket.AF_UNIX, socket.SOCK_SEQPACKET, "/tmp/seqpacket"),
]

visit = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
visit.connect(("server", 8006))
visit.recv(2)

for domain, kind, place in KINDS:
    s = socket.socket(domain, kind)
    s.connect(place)
    s.send(b"AAA")
    s.send(b"BBB")
    s.send(b"CCC")
    s.close()
visit.close()
