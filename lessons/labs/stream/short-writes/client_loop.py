import select
import socket

letter = bytes(1_999_997) + b"END"

connection = socket.create_connection(("server", 8080))
connection.setblocking(False)
rest, sends = memoryview(letter), 0
while rest:
    select.select([], [connection], [])  # sleep until there is room
    rest = rest[connection.send(rest):]
    sends += 1
print("all of it was taken, in", sends, "sends")
connection.close()
