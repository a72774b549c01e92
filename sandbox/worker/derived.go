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

// sent is what is told of one end of a connection, known by its cookie.
type sent struct {
	segments, data uint32 // as the kernel counts them: with and without those that carry nothing
	bytes          uint64
	again          uint32 // of the segments, those sent again
	open           []open // not acknowledged yet, as far as we know
}

// open is a segment that waits for its acknowledgement.
type open struct {
	packet uint64
	fin    bool
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
	for _, c := range ends {
		if end := d.ends[c.cookie]; c.now.Info != nil {
			end.open = end.open[max(0, len(end.open)-int(c.now.Info.Unacked)):]
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

// end is what is told of an end: what its handshake took is told already.
func (d *derived) end(c *connection) *sent {
	end := d.ends[c.cookie]
	if end == nil {
		end = &sent{}
		if c.now.Info != nil {
			end.again = c.now.Info.Total_retrans // of SYN or SYN-ACK
		}
		if !c.server { // where what sent the SYN-ACK was another socket
			end.segments = 2 + end.again // SYN and ACK
		}
		d.ends[c.cookie] = end
	}
	return end
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

// data tells of the segments with data that an end has sent since it was last
// seen, by the kernel's counts, and returns how many without it has sent.
func (d *derived) data(k *socket, end *sent, now *unix.TCPInfo) (empty int) {
	segments, data := int(now.Segs_out)-int(end.segments), int(now.Data_segs_out)-int(end.data)
	again := max(int(now.Total_retrans)-int(end.again), 0)
	bytes := int(now.Bytes_sent - end.bytes)
	end.segments, end.data, end.bytes, end.again = max(now.Segs_out, end.segments), now.Data_segs_out, now.Bytes_sent, now.Total_retrans
	waiting := end.open
	for n := data; n > 0; n-- { // how the bytes were divided the kernel does not say
		share := bytes / n
		bytes -= share
		if again > 0 && len(waiting) > 0 && !waiting[0].fin { // which one, neither: as a rule the first
			d.tellAgain(waiting[0].packet, k.host, "TCP", k.local, k.remote, share, "PSH", "ACK")
			again, waiting = again-1, waiting[1:]
			continue
		}
		end.open = append(end.open, open{packet: d.tell(k.host, "TCP", k.local, k.remote, share, "PSH", "ACK")})
	}
	empty = segments - data
	for ; again > 0 && empty > 0 && len(end.open) > 0 && end.open[len(end.open)-1].fin; again-- {
		d.tellAgain(end.open[len(end.open)-1].packet, k.host, "TCP", k.local, k.remote, 0, "FIN", "ACK")
		empty--
	}
	return empty
}

// fin tells of the FIN of an end in this state: after that of the other end,
// if that was the first to close.
func (d *derived) fin(k *socket, state diag.State) {
	own := k.tuple()
	if state == diag.LastAck {
		d.finOf(k.host, tuple{own.protocol, own.remote, own.local})
	}
	if id := d.finOf(k.host, own); id != 0 && d.ends[k.cookie] != nil {
		d.ends[k.cookie].open = append(d.ends[k.cookie].open, open{id, true})
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
