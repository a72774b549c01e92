import select
import socket

listener = socket.create_server(("server", 8080))
poller = select.poll()
poller.register(listener, select.POLLIN)
poller.poll()  # sleeps until somebody comes
connection, address = listener.accept()
connection.sendall(b"1\n")
# Here it is your turn.
connection.close()
listener.close()
