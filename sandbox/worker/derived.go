//go:build linux

package worker

import (
	"net/netip"

	"golang.org/x/sys/unix"

	"fivetuple/sandbox/diag"
	"fivetuple/sandbox/event"
)

// derived tells of packets that nobody could capture: those that must have
// been, by what the kernel says of the sockets at both ends. Each is marked
// so and has no bytes. That they were sent is certain, when exactly is not:
// it was before the event.
//
// Not told are packets of which the kernel says nothing later: the last ACK
// of a connection, and a RST.
type derived struct {
	log    *log
	lanes  func(host string, src, dst netip.AddrPort) (from, to string)
	lastID uint64
	opened map[tuple]bool // connections whose handshake was told, by the tuple of the end that asked
	ends   map[uint64]*sent
}

// sent is what is told of one end of a connection, known by its cookie.
type sent struct {
	segments, data uint32 // as the kernel counts them: with and without those that carry nothing
	bytes          uint64
	fin            bool
}

func newDerived(l *log, lanes func(host string, src, dst netip.AddrPort) (from, to string)) *derived {
	return &derived{log: l, lanes: lanes, opened: map[tuple]bool{}, ends: map[uint64]*sent{}}
}

// seen takes in what the kernel says of a TCP socket; server says whether it
// came from a listener.
func (d *derived) seen(k *socket, now diag.Socket, server bool) {
	if k.protocol != unix.IPPROTO_TCP || !k.remote.IsValid() || now.State == diag.SynSent || now.State == diag.SynRecv || now.State == diag.Close {
		return
	}
	d.handshake(k, server)
	end := d.end(k, server)
	if now.Info != nil {
		d.counted(k, end, now.Info, closing(now.State))
	}
	if closing(now.State) {
		d.fin(k, end)
	}
}

// gone takes in that the kernel has forgotten a TCP socket that its program
// had closed after the other end: it has sent its FIN.
func (d *derived) gone(k *socket) {
	if end := d.ends[k.cookie]; end != nil && k.state == diag.CloseWait {
		d.fin(k, end)
	}
}

// closing says whether an end in this state has sent its FIN.
func closing(s diag.State) bool {
	switch s {
	case diag.FinWait1, diag.FinWait2, diag.Closing, diag.TimeWait, diag.LastAck:
		return true
	}
	return false
}

// end is what is told of the end k: what its handshake took is told already.
func (d *derived) end(k *socket, server bool) *sent {
	end := d.ends[k.cookie]
	if end == nil {
		end = &sent{segments: 2} // SYN and ACK
		if server {
			end.segments = 0 // what sent the SYN-ACK was another socket
		}
		d.ends[k.cookie] = end
	}
	return end
}

func (d *derived) handshake(k *socket, server bool) {
	asked := k.tuple()
	if server {
		asked.local, asked.remote = asked.remote, asked.local
	}
	if d.opened[asked] {
		return
	}
	d.opened[asked] = true
	client, listener := asked.local, asked.remote
	d.tell(k.host, "TCP", client, listener, 0, "SYN")
	d.tell(k.host, "TCP", listener, client, 0, "SYN", "ACK")
	d.tell(k.host, "TCP", client, listener, 0, "ACK")
}

// counted tells of what an end has sent since it was last seen, by the
// kernel's counts.
func (d *derived) counted(k *socket, end *sent, now *unix.TCPInfo, fin bool) {
	segments, data := int(now.Segs_out)-int(end.segments), int(now.Data_segs_out)-int(end.data)
	bytes := int(now.Bytes_sent - end.bytes)
	end.segments, end.data, end.bytes = max(now.Segs_out, end.segments), now.Data_segs_out, now.Bytes_sent
	empty := segments - data
	if fin && !end.fin {
		empty-- // the FIN
	}
	for range max(empty, 0) {
		d.tell(k.host, "TCP", k.local, k.remote, 0, "ACK")
	}
	for n := data; n > 0; n-- { // how the bytes were divided the kernel does not say
		share := bytes / n
		bytes -= share
		d.tell(k.host, "TCP", k.local, k.remote, share, "PSH", "ACK")
	}
}

func (d *derived) fin(k *socket, end *sent) {
	if !end.fin {
		end.fin = true
		d.tell(k.host, "TCP", k.local, k.remote, 0, "FIN", "ACK")
	}
}

// datagram tells of a datagram that a call has sent.
func (d *derived) datagram(host string, from, to netip.AddrPort, n int) {
	d.tell(host, "UDP", from, to, n)
}

func (d *derived) tell(host, proto string, src, dst netip.AddrPort, n int, flags ...string) {
	d.lastID++
	from, to := d.lanes(host, src, dst)
	e := event.Event{
		Kind: event.KindPacket, ID: d.lastID, From: from, To: to, Derived: true,
		Summary: &event.Summary{Proto: proto, Src: src.String(), Dst: dst.String(), Flags: flags, Len: n},
	}
	e.Host, e.Phase = from, event.PhaseSent
	d.log.emit(e)
	e.Host, e.Phase = to, event.PhaseDelivered
	d.log.emit(e)
}
