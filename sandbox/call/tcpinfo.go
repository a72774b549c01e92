//go:build linux

package call

import (
	"fmt"
	"strconv"
	"strings"
)

// tcpStates are the kernel's names of the states, with the numbers of
// include/net/tcp_states.h.
var tcpStates = names{
	{1, "TCP_ESTABLISHED"}, {2, "TCP_SYN_SENT"}, {3, "TCP_SYN_RECV"}, {4, "TCP_FIN_WAIT1"}, {5, "TCP_FIN_WAIT2"}, {6, "TCP_TIME_WAIT"},
	{7, "TCP_CLOSE"}, {8, "TCP_CLOSE_WAIT"}, {9, "TCP_LAST_ACK"}, {10, "TCP_LISTEN"}, {11, "TCP_CLOSING"}, {12, "TCP_NEW_SYN_RECV"}, {0, "TCP_???"},
}

var congestionStates = names{{0, "TCP_CA_Open"}, {1, "TCP_CA_Disorder"}, {2, "TCP_CA_CWR"}, {3, "TCP_CA_Recovery"}, {4, "TCP_CA_Loss"}, {0, "TCP_CA_???"}}

var infoOptions = names{
	{1, "TCPI_OPT_TIMESTAMPS"}, {2, "TCPI_OPT_SACK"}, {4, "TCPI_OPT_WSCALE"}, {8, "TCPI_OPT_ECN"}, {16, "TCPI_OPT_ECN_SEEN"}, {32, "TCPI_OPT_SYN_DATA"},
	{0, "TCPI_OPT_???"},
}

// infoFields are the fields of struct tcp_info behind its first eight bytes,
// of the size in bits that is written before them.
//
// Source: include/uapi/linux/tcp.h.
const infoFields = `
32 rto ato snd_mss rcv_mss unacked sacked lost retrans fackets last_data_sent last_ack_sent last_data_recv last_ack_recv
   pmtu rcv_ssthresh rtt rttvar snd_ssthresh snd_cwnd advmss reordering rcv_rtt rcv_space total_retrans
64 pacing_rate max_pacing_rate bytes_acked bytes_received
32 segs_out segs_in notsent_bytes min_rtt data_segs_in data_segs_out
64 delivery_rate busy_time rwnd_limited sndbuf_limited
32 delivered delivered_ce
64 bytes_sent bytes_retrans
32 dsack_dups reord_seen rcv_ooopack snd_wnd rcv_wnd rehash
16 total_rto total_rto_recoveries
32 total_rto_time received_ce delivered_e1_bytes delivered_e0_bytes delivered_ce_bytes received_e1_bytes received_e0_bytes received_ce_bytes`

// tcpInfo writes as many fields of struct tcp_info as there are, which
// depends on the kernel and on what the program has room for.
func tcpInfo(_ *Call, b []byte) string {
	fields := []string{
		"tcpi_state=" + tcpStates.name(uint64(b[0])), "tcpi_ca_state=" + congestionStates.name(uint64(b[1])),
		fmt.Sprintf("tcpi_retransmits=%d, tcpi_probes=%d, tcpi_backoff=%d", b[2], b[3], b[4]),
		"tcpi_options=" + infoOptions.flags(uint64(b[5])),
		fmt.Sprintf("tcpi_snd_wscale=%d, tcpi_rcv_wscale=%d, tcpi_delivery_rate_app_limited=%d, tcpi_fastopen_client_fail=%d", b[6]&0xf, b[6]>>4, b[7]&1, b[7]>>1&3),
	}
	b = b[8:]
	size := 0
	for name := range strings.FieldsSeq(infoFields) {
		if bits, err := strconv.Atoi(name); err == nil {
			size = bits / 8
			continue
		}
		if len(b) < size {
			break
		}
		fields, b = append(fields, fmt.Sprintf("tcpi_%s=%d", name, number(b[:size]))), b[size:]
	}
	s := "{" + strings.Join(fields, ", ")
	if len(b) > 0 {
		s += ", ..."
	}
	return s + "}"
}

// number reads a number of as many bytes as b has.
func number(b []byte) uint64 {
	switch len(b) {
	case 2:
		return uint64(half(b))
	case 4:
		return uint64(uword(b))
	}
	return uint64(long(b))
}
