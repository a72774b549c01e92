import select
import socket
import time

letter = bytes(range(256)) * 1000

connection = socket.socket()
connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16384)  # little room
connection.connect(("server", 8080))
connection.setblocking(False)
rest, back = memoryview(letter), b""
try:
    while True:
        readable, writable, _ = select.select([connection], [connection] if rest else [], [], 4)
        if not readable and not writable:
            print("nothing for four seconds")
            break
        if writable:
            rest = rest[connection.send(rest):]
            if not rest:
                connection.shutdown(socket.SHUT_WR)
        if readable:
            time.sleep(0.02)  # reads slowly
            data = connection.recv(8192)
            if not data:
                print("end")
                break
            back += data
except OSError as error:
    print(error)
print(len(back), "bytes,", "as they were sent" if back == letter else "not as they were sent")
connection.close()

socket.create_connection(("server", 8080)).close()  # says nothing: the server may end
