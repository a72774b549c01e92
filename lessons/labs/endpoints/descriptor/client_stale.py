import os
import socket

to_alice = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
to_alice.connect(("server", 8080))
remembered = to_alice.fileno()
to_alice.close()

to_bob = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
to_bob.connect(("server", 8080))
os.write(remembered, b"a secret for Alice")
to_bob.close()
