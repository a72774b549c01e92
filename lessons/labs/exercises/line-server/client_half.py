import socket

asks = socket.create_connection(("server", 8080))
asks.settimeout(4)
asks.sendall(b"that is all\nnot a line")
asks.shutdown(socket.SHUT_WR)  # has nothing more to say, but listens
answers = asks.makefile("r")
print(answers.readline().strip())
print("end" if answers.read() == "" else "more")

last = socket.create_connection(("server", 8080))
last.settimeout(4)
last.sendall(b"stop\n")
print("end" if last.recv(100) == b"" else "more")
