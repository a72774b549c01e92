import socket

for port in 8080, socket.htons(8080):
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        s.connect(("server", port))
        print("port", port, "answers")
    except OSError as error:
        print("port", port, "-", error.strerror)
    s.close()
