package frames

import (
	"net"
	"syscall"

	"golang.org/x/sys/unix"
)

// states are the names of the kernel's numbers, include/net/tcp_states.h.
var states = [...]string{
	1: "ESTABLISHED", "SYN_SENT", "SYN_RECV", "FIN_WAIT1", "FIN_WAIT2", "TIME_WAIT",
	"CLOSE", "CLOSE_WAIT", "LAST_ACK", "LISTEN", "CLOSING", "NEW_SYN_RECV",
}

// sample asks the kernel for c; nil when c is no TCP connection, or closed.
func sample(c net.Conn) *TCP {
	below, ok := c.(syscall.Conn)
	if !ok {
		return nil
	}
	raw, err := below.SyscallConn()
	if err != nil {
		return nil
	}
	var info *unix.TCPInfo
	if raw.Control(func(fd uintptr) { info, err = unix.GetsockoptTCPInfo(int(fd), unix.IPPROTO_TCP, unix.TCP_INFO) }) != nil || err != nil {
		return nil
	}
	t := &TCP{
		RTT: int64(info.Rtt) * 1000, RTO: int64(info.Rto) * 1000, CWND: info.Snd_cwnd, MSS: info.Snd_mss,
		SegsOut: info.Segs_out, SegsIn: info.Segs_in, BytesAcked: info.Bytes_acked, BytesReceived: info.Bytes_received, Retrans: info.Total_retrans,
	}
	if int(info.State) < len(states) {
		t.State = states[info.State]
	}
	return t
}
