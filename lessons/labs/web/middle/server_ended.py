import socket

listener = socket.create_server(("host3", 8080))
listener.close()  # the host stays, the program is gone
