import socket

connection = socket.create_connection(("server", 8080))
connection.settimeout(4)
answers = connection.makefile("r")
connection.sendall(b"one\ntwo\nthree\nfour of them\n")  # in a hurry
for number in range(4):
    print(answers.readline().strip())
connection.sendall(b"stop\n")
print("end" if answers.read() == "" else "more")
