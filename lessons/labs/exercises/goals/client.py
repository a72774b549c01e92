import socket


def connect():
    return socket.create_connection(("server", 8080))


# 1. When you say stop, exactly one of your sockets is in CLOSE_WAIT.

# 2. One call of send takes some of your bytes, and not all.

# 3. One of your calls fails with ECONNRESET. Nobody sets SO_LINGER.

# 4. Three calls of recv, or fewer, bring you a million bytes.

connect().sendall(b"stop\n")  # the server ends, and the kernel's word counts
