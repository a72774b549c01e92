import socket

a = socket.create_connection(("server", 8080))
while data := a.recv(100):
    print(data)
print("the end")
a.close()
