import socket

service = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
service.bind("/tmp/service")
service.listen()

connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
connection.connect("/tmp/door")
socket.send_fds(connection, [b"it is yours"], [service.fileno()])
service.close()

visitor = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
visitor.connect("/tmp/service")  # who listens there now?
print(visitor.recv(100))
visitor.close()
connection.close()
