import socket

WORDS = "Reliable is not what the network gives: it is what two programs agree on and check.".split()

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.connect(("server", 8080))
client.send(b"0 Reliable")
print("answer", client.recv(100))
# Here it is your turn.
client.close()
