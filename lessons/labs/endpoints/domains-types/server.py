import socket

KINDS = [
    (socket.AF_INET, socket.SOCK_STREAM, ("server", 8001)),
    (socket.AF_INET, socket.SOCK_DGRAM, ("server", 8001)),
    (socket.AF_UNIX, socket.SOCK_STREAM, "/tmp/stream"),
    (socket.AF_UNIX, socket.SOCK_DGRAM, "/tmp/dgram"),
    (socket.AF_UNIX, socket.SOCK_SEQPACKET, "/tmp/seqpacket"),
]

gate = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
gate.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
gate.bind(("::", 8006))
gate.listen()
waiting = []
for domain, kind, place in KINDS:
    s = socket.socket(domain, kind)
    s.bind(place)
    if kind != socket.SOCK_DGRAM:
        s.listen()
    waiting.append(s)

visitor, address = gate.accept()
print("the gate was called by", address)
visitor.sendall(b"go")
visitor.recv(1)  # the end of its stream: all has been sent

for s in waiting:
    receiver = s if s.type == socket.SOCK_DGRAM else s.accept()[0]
    messages = []
    while len(b"".join(messages)) < 9:
        messages.append(receiver.recv(100))
    print(s.family.name, s.type.name, "gave", messages)
    receiver.close()
    s.close()
visitor.close()
gate.close()
