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
// of a connection, a RST, and a SYN-ACK that is sent again.
type derived struct {
	log    *log
	lanes  func(host string, src, dst netip.AddrPort) (from, to string)
	loses  func(protocol uint8, src, dst netip.AddrPort) bool // whether the wire is cut there
	lastID uint64
	opened map[tuple]bool // connections whose handshake was told, by the tuple of the end that asked
	asked  map[tuple]*asking
	fins   map[tuple]bool // ends whose FIN was told
	ends   map[uint64]*sent
}

// asking is what is told of the SYNs of a connection that is not established.
type asking struct {
	syns  uint32
	first uint64 // packet
	lost  bool   // the last one
}

func newDerived(s *sockets) *derived {
	return &derived{
		log: s.log, lanes: s.lanesOfLocked, loses: s.loses,
		opened: map[tuple]bool{}, asked: map[tuple]*asking{}, fins: map[tuple]bool{}, ends: map[uint64]*sent{},
	}
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
	d.asks(ends[0])
	ends = slices.DeleteFunc(ends, func(c *connection) bool { return c == nil || !c.told() })
	if len(ends) == 0 {
		return
	}
	d.handshake(ends[0].socket, ends[0].server)
	empty := map[*connection]int{}
	for _, c := range ends {
		if end := d.end(c); c.now.Info != nil {
			empty[c] = d.data(c.socket, end, c.now.Info)
		}
		if c.finished() && !d.fins[c.tuple()] {
			empty[c]--
		}
	}
	if len(ends) == 2 {
		d.received(ends[0], ends[1])
		d.received(ends[1], ends[0])
	}
	for _, c := range ends {
		d.acknowledged(c)
	}
	for _, c := range ends {
		for range max(empty[c], 0) {
			d.tell(c.host, "TCP", c.local, c.remote, 0, "ACK")
		}
	}
	for _, c := range ends {
		if c.finished() {
			d.fin(c.socket, c.now.State)
		}
	}
}

// asks tells of the SYNs of an end that has no answer yet.
func (d *derived) asks(c *connection) {
	if c.now.State != diag.SynSent || c.now.Info == nil {
		return
	}
	t := c.tuple()
	a := d.asked[t]
	if a == nil {
		a = &asking{}
		d.asked[t] = a
	}
	for ; a.syns < c.now.Info.Segs_out; a.syns++ {
		a.lost = d.loses(unix.IPPROTO_TCP, t.local, t.remote)
		id := d.tellAgain(a.first, c.host, "TCP", t.local, t.remote, 0, "SYN")
		if a.syns == 0 {
			a.first = id
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

// finished says whether an end has sent its FIN. As long as the window is
// closed the FIN waits behind what goes before it.
func (c *connection) finished() bool {
	return closing(c.now.State) && (c.now.Info == nil || c.now.Info.Notsent_bytes == 0)
}

func (d *derived) handshake(k *socket, server bool) {
	asked := k.tuple()
	if server {
		asked.local, asked.remote = asked.remote, asked.local
	}
	if d.opened[asked] || d.opened[tuple{asked.protocol, asked.remote, asked.local}] { // whose listener is gone
		return
	}
	d.opened[asked] = true
	client, listener := asked.local, asked.remote
	if a := d.asked[asked]; a == nil {
		d.tell(k.host, "TCP", client, listener, 0, "SYN")
	} else if a.lost { // those that we saw were
		d.tellAgain(a.first, k.host, "TCP", client, listener, 0, "SYN")
	}
	d.tell(k.host, "TCP", listener, client, 0, "SYN", "ACK")
	d.tell(k.host, "TCP", client, listener, 0, "ACK")
}

// fin tells of the FIN of an end in this state: after that of the other end,
// if that was the first to close.
func (d *derived) fin(k *socket, state diag.State) {
	own := k.tuple()
	if state == diag.LastAck {
		d.finOf(k.host, tuple{own.protocol, own.remote, own.local})
	}
	if id, end := d.finOf(k.host, own), d.ends[k.cookie]; id != 0 && end != nil {
		end.open = append(end.open, open{packet: id, upTo: end.upTo, fin: true, lost: d.loses(k.protocol, k.local, k.remote)})
	}
}

// finOf tells of the FIN of an end, unless it was told: then the packet is 0.
func (d *derived) finOf(host string, end tuple) (packet uint64) {
	if d.fins[end] {
		return 0
	}
	d.fins[end] = true
	return d.tell(host, "TCP", end.local, end.remote, 0, "FIN", "ACK")
}

// datagram tells of a datagram that a call has sent.
func (d *derived) datagram(host string, from, to netip.AddrPort, n int) {
	d.tell(host, "UDP", from, to, n)
}

func (d *derived) tell(host, proto string, src, dst netip.AddrPort, n int, flags ...string) (id uint64) {
	return d.tellAgain(0, host, proto, src, dst, n, flags...)
}

// tellAgain tells of a packet that is an earlier one, sent again.
func (d *derived) tellAgain(earlier uint64, host, proto string, src, dst netip.AddrPort, n int, flags ...string) (id uint64) {
	d.lastID++
	from, to := d.lanes(host, src, dst)
	e := event.Event{
		Kind: event.KindPacket, ID: d.lastID, Again: earlier, From: from, To: to, Derived: true,
		Summary: &event.Summary{Proto: proto, Src: src.String(), Dst: dst.String(), Flags: flags, Len: n},
	}
	e.Host, e.Phase = from, event.PhaseSent
	d.log.emit(e)
	e.Again = 0
	if d.loses(protocols[proto], src, dst) {
		e.Phase, e.Reason = event.PhaseDropped, event.ReasonCut
	} else {
		e.Host, e.Phase = to, event.PhaseDelivered
	}
	d.log.emit(e)
	return d.lastID
}

var protocols = map[string]uint8{"TCP": unix.IPPROTO_TCP, "UDP": unix.IPPROTO_UDP}
