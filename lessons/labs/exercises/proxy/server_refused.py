import socket

socket.setdefaulttimeout(5)  # seconds
door = socket.create_server(("host3", 9090))  # nobody listens on 8080 yet
door.accept()[0].close()
listener = socket.create_server(("host3", 8080))
door.accept()[0].close()

connection, address = listener.accept()
connection.sendall(b"I am here now")
connection.close()
