import os
import socket

letter = os.open("/tmp/letter", os.O_CREAT | os.O_RDWR)
os.write(letter, b"one two three")
os.lseek(letter, 0, os.SEEK_SET)
os.unlink("/tmp/letter")  # the file is open still, but nobody can find it any more
print(os.read(letter, 4))

connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
connection.connect("/tmp/door")
socket.send_fds(connection, [b"your turn"], [letter])
connection.recv(100)
print(os.read(letter, 100))
os.close(letter)
connection.close()
