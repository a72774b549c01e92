import socket

with socket.create_connection(("server", 8080), timeout=4) as connection:
    connection.send(b"one\ntwo\xff\0three", socket.MSG_MORE)  # more to come: do not send it yet
    connection.shutdown(socket.SHUT_WR)  # nothing more to say, but listens
    back = b""
    try:
        while data := connection.recv(100):
            back += data
        print("end")
    except OSError as error:
        print(error)
    print(len(back), "bytes,", "as they were sent" if back == b"one\ntwo\xff\0three" else "not as they were sent")

socket.create_connection(("server", 8080)).close()  # says nothing: the server may end
