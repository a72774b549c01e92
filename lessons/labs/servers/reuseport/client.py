import socket

connections = []
answers = ""
for number in range(40):
    connection = socket.create_connection(("server", 8080))
    answers += connection.recv(1).decode()
    connections.append(connection)  # stays open to the end
print(answers)
