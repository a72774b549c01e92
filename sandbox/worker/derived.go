//go:build linux

package worker

import (
	"net/netip"
	"slices"

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
	fins   map[tuple]bool // ends whose FIN was told
	ends   map[uint64]*sent
}

// sent is what is told of one end of a connection, known by its cookie.
type sent struct {
	segments, data uint32 // as the kernel counts them: with and without those that carry nothing
	bytes          uint64
}

func newDerived(l *log, lanes func(host string, src, dst netip.AddrPort) (from, to string)) *derived {
	return &derived{log: l, lanes: lanes, opened: map[tuple]bool{}, fins: map[tuple]bool{}, ends: map[uint64]*sent{}}
}

// connection is one end of a TCP connection as the kernel has it now.
type connection struct {
	*socket
	now    diag.Socket
	server bool // it came from a listener
}

// told says whether an end is far enough for its packets to be told.
func (c *connection) told() bool {
	switch c.now.State {
	case diag.SynSent, diag.SynRecv, diag.Close, diag.Listen:
		return false
	}
	return c.protocol == unix.IPPROTO_TCP && c.remote.IsValid()
}

// seen takes in what the kernel says of the ends of a connection, of which
// the second may be unknown. What carries data comes before what answers it,
// and a FIN is the last that an end sends.
func (d *derived) seen(ends ...*connection) {
	ends = slices.DeleteFunc(ends, func(c *connection) bool { return c == nil || !c.told() })
	if len(ends) == 0 {
		return
	}
	d.handshake(ends[0].socket, ends[0].server)
	empty := map[*connection]int{}
	for _, c := range ends {
		end := d.end(c.socket, c.server)
		if c.now.Info != nil {
			empty[c] = d.data(c.socket, end, c.now.Info)
		}
		if closing(c.now.State) && !d.fins[c.tuple()] {
			empty[c]--
		}
	}
	for _, c := range ends {
		for range max(empty[c], 0) {
			d.tell(c.host, "TCP", c.local, c.remote, 0, "ACK")
		}
	}
	for _, c := range ends {
		if closing(c.now.State) {
			d.fin(c.socket, c.now.State)
		}
	}
}

// gone takes in that the kernel has forgotten a TCP socket that its program
// had closed after the other end: it has sent its FIN.
func (d *derived) gone(k *socket) {
	if d.ends[k.cookie] != nil && k.state == diag.CloseWait {
		d.fin(k, diag.LastAck)
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

// data tells of the segments with data that an end has sent since it was last
// seen, by the kernel's counts, and returns how many without it has sent.
func (d *derived) data(k *socket, end *sent, now *unix.TCPInfo) (empty int) {
	segments, data := int(now.Segs_out)-int(end.segments), int(now.Data_segs_out)-int(end.data)
	bytes := int(now.Bytes_sent - end.bytes)
	end.segments, end.data, end.bytes = max(now.Segs_out, end.segments), now.Data_segs_out, now.Bytes_sent
	for n := data; n > 0; n-- { // how the bytes were divided the kernel does not say
		share := bytes / n
		bytes -= share
		d.tell(k.host, "TCP", k.local, k.remote, share, "PSH", "ACK")
	}
	return segments - data
}

// fin tells of the FIN of an end in this state: after that of the other end,
// if that was the first to close.
func (d *derived) fin(k *socket, state diag.State) {
	own := k.tuple()
	if state == diag.LastAck {
		d.finOf(k.host, tuple{own.protocol, own.remote, own.local})
	}
	d.finOf(k.host, own)
}

func (d *derived) finOf(host string, end tuple) {
	if !d.fins[end] {
		d.fins[end] = true
		d.tell(host, "TCP", end.local, end.remote, 0, "FIN", "ACK")
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
