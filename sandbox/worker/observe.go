//go:build linux

package worker

import (
	"math"
	"time"

	"fivetuple/sandbox/diag"
	"fivetuple/sandbox/event"
)

// queues are the lengths of a socket's queues, as an event has them.
type queues struct {
	recv, send int
	syn        int // of a listener
	drops      int // of a UDP socket
}

// queues tells of changed queue lengths.
func (s *sockets) queues(k *socket, now queues) {
	if k.queued == now {
		return
	}
	e := event.Event{Kind: event.KindQueue, Host: k.lane, Socket: k.describe(), Recv: &now.recv, Send: &now.send, Cause: because(s.cause)}
	if k.state == diag.Listen {
		e.SYN = &now.syn
	}
	if now.drops > 0 {
		e.Drops = &now.drops
	}
	k.queued = now
	s.emit(e)
}

// inSYNRecv is how many connections of a listener wait for the last ACK of
// their handshake.
func (s *sockets) inSYNRecv(listener *socket) (n int) {
	if listener.state != diag.Listen {
		return 0
	}
	for _, k := range s.all {
		if k.host == listener.host && k.state.String() == "SYN_RECV" && k.local.Port() == listener.local.Port() {
			n++
		}
	}
	return n
}

// told is the TCP_INFO that was told last, and when.
type told struct {
	info event.TCPInfo
	at   time.Time
}

// infoEvery is how long a change must wait that is no news by itself: the
// measured times and what is in flight change with every packet.
const infoEvery = 10 * time.Millisecond

// info tells what the kernel knows of a connection, when it is news.
func (s *sockets) info(k *socket, d diag.Socket) {
	if d.Info == nil || d.State == diag.Listen || d.State == diag.Close {
		return
	}
	now, was := tcpInfo(d), k.told.info
	if now == was || !isNews(now, was) && time.Since(k.told.at) < infoEvery {
		return
	}
	k.told = told{now, time.Now()}
	s.emit(event.Event{Kind: event.KindInfo, Host: k.lane, Socket: k.describe(), Info: &now, Cause: because(s.cause)})
}

// isNews says whether what a connection decides has changed, and not only
// what it measures.
func isNews(now, was event.TCPInfo) bool {
	return now.CAState != was.CAState || now.CWnd != was.CWnd || now.SSThresh != was.SSThresh || now.Congestion != was.Congestion ||
		now.Retransmits != was.Retransmits || now.Backoff != was.Backoff || now.Probes != was.Probes ||
		now.Lost != was.Lost || now.TotalRetr != was.TotalRetr
}

// caStates are the states of congestion control (TCP_CA_Open, …).
var caStates = [...]string{"Open", "Disorder", "CWR", "Recovery", "Loss"}

func tcpInfo(d diag.Socket) event.TCPInfo {
	i := d.Info
	micro := func(us uint32) int64 { return int64(us) * int64(time.Microsecond) }
	info := event.TCPInfo{
		Congestion: d.Congestion, CWnd: int(i.Snd_cwnd), InFlight: int(i.Unacked) - int(i.Sacked) - int(i.Lost) + int(i.Retrans),
		Unacked: int(i.Unacked), SACKed: int(i.Sacked), Lost: int(i.Lost), Retrans: int(i.Retrans), TotalRetr: int(i.Total_retrans),
		Retransmits: int(i.Retransmits), Probes: int(i.Probes), Backoff: int(i.Backoff),
		RTO: micro(i.Rto), RTT: micro(i.Rtt), RTTVar: micro(i.Rttvar), MinRTT: micro(i.Min_rtt),
		MSS: int(i.Snd_mss), SendWindow: int(i.Snd_wnd), RecvWindow: int(i.Rcv_wnd), NotSent: int(i.Notsent_bytes), BytesAcked: i.Bytes_acked,
	}
	if int(i.Ca_state) < len(caStates) {
		info.CAState = caStates[i.Ca_state]
	}
	if i.Snd_ssthresh < math.MaxInt32 { // TCP_INFINITE_SSTHRESH
		info.SSThresh = int(i.Snd_ssthresh)
	}
	if i.Rtt == 0 || i.Min_rtt == math.MaxUint32 {
		info.MinRTT = 0
	}
	if i.Pacing_rate != math.MaxUint64 {
		info.PacingRate = i.Pacing_rate
	}
	return info
}
