import socket


def attempt(what, action):
    try:
        action()
        print(what, "- fine")
    except OSError as error:
        print(what, "-", error.strerror)


attempt("AF_INET with SOCK_SEQPACKET", lambda: socket.socket(socket.AF_INET, socket.SOCK_SEQPACKET).close())
attempt("SOCK_STREAM with UDP", lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_UDP).close())

stream = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
attempt("a stream to a datagram's place", lambda: stream.connect("/tmp/dgram"))
attempt("a stream to a stream's place", lambda: stream.connect("/tmp/stream"))
stream.close()

datagram = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
attempt("a datagram to a datagram's place", lambda: datagram.sendto(b"hello", "/tmp/dgram"))
datagram.close()
