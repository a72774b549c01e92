import socket

connection = socket.create_connection(("server", 8080))
connection.settimeout(4)
answers = connection.makefile("r")
connection.sendall(b"hello\n")
print(answers.readline().strip())
connection.sendall(b"how are you?\n")
print(answers.readline().strip())
connection.sendall(b"stop\n")
print("end" if answers.read() == "" else "more")
