import signal
import socket

letter = bytes(1_999_997) + b"END"

connection = socket.create_connection(("server", 8080))  # this socket may wait
signal.signal(signal.SIGALRM, lambda number, frame: print("a signal"))
signal.setitimer(signal.ITIMER_REAL, 0.5)
print("send took", connection.send(letter), "of", len(letter))
connection.close()
