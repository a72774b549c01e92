import socket

letters = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
letters.bind("/tmp/dgram")
listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
listener.bind("/tmp/stream")
listener.listen()

connection, address = listener.accept()
print("a call, and a letter:", letters.recv(100))
for s in connection, listener, letters:
    s.close()
