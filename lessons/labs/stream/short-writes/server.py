import socket
import time

listener = socket.create_server(("server", 8080))
connection, address = listener.accept()
time.sleep(1)  # busy: reads nothing yet

letter = bytearray()
while data := connection.recv(262_144):
    letter += data
print(len(letter), "bytes,", "whole" if letter.endswith(b"END") else "the END is missing")
connection.close()
