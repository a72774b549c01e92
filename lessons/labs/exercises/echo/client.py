import socket

letter = "소켓🙂".encode()  # ten bytes, three characters

with socket.create_connection(("server", 8080), timeout=4) as connection:
    back = b""
    try:
        for byte in letter:
            connection.sendall(bytes([byte]))
            back += connection.recv(1)  # the next byte goes when this one has come back
        connection.shutdown(socket.SHUT_WR)  # nothing more to say
        print("end" if connection.recv(1) == b"" else "more")
    except OSError as error:
        print(error)
    print(len(back), "bytes,", "as they were sent" if back == letter else "not as they were sent")

socket.create_connection(("server", 8080)).close()  # says nothing: the server may end
