import socket
import struct
import time


def look():
    """Prints some of what the kernel knows: struct tcp_info in linux/tcp.h."""
    info = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 104)
    state, backoff = info[0], info[4]
    numbers = struct.unpack_from("=24I", info, 8)
    rto, unacked, rtt, cwnd, again = (numbers[i] for i in (0, 4, 15, 18, 23))
    print(f"state {state}, rtt {rtt // 1000} ms, rto {rto // 1000} ms,",
          f"backoff {backoff}, unacked {unacked}, cwnd {cwnd}, sent again {again}")


connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
connection.connect(("server", 8080))
for number in range(20):
    connection.send(b"line %02d\n" % number)
    time.sleep(0.5)
    look()

connection.close()
