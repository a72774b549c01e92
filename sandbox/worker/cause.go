//go:build linux

package worker

import (
	"slices"
	"sync"

	"golang.org/x/sys/unix"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/wire"
)

// causes knows what last happened to each connection, and so what led to
// the next thing. What it does not know has no cause: a timer of the kernel's
// leaves no trace.
type causes struct {
	mu      sync.Mutex
	streams map[end]*stream
	arrived map[string]uint64 // by host: event of the last packet delivered to it
	opened  map[port]uint64   // by port: event of the packet that made the last connection to it complete
}

// end is one end of a connection.
type end struct {
	host string
	tuple
}

// stream is what is known of one end of a connection, or of a socket.
type stream struct {
	delivered uint64            // event of the last packet delivered to it
	syn, data uint64            // of the last one that carried it
	fin, rst  uint64            //
	open      uint64            // of the first one after the handshake's SYN
	sent      uint64            // event of the last packet that it sent
	segments  map[uint32]uint64 // packet by sequence number, of those that take some
	next      uint32            // sequence number after the highest sent
}

func newCauses() *causes {
	return &causes{streams: map[end]*stream{}, arrived: map[string]uint64{}, opened: map[port]uint64{}}
}

func (c *causes) stream(e end) *stream {
	s := c.streams[e]
	if s == nil {
		s = &stream{segments: map[uint32]uint64{}}
		c.streams[e] = s
	}
	return s
}

// delivered takes in that event seq delivered a packet.
func (c *causes) delivered(host string, p *wire.Packet, seq uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.arrived[host] = seq
	s := c.stream(end{host, tuple{p.Protocol, p.Dst, p.Src}})
	s.take(p, seq)
	if s.open == seq && p.Protocol == unix.IPPROTO_TCP {
		c.opened[port{host, p.Dst.Port()}] = seq
	}
}

// take takes in that event seq delivered a packet to this end.
func (s *stream) take(p *wire.Packet, seq uint64) {
	s.delivered = seq
	has := func(flag string) bool { return slices.Contains(p.Summary.Flags, flag) }
	switch {
	case has("SYN"):
		s.syn, s.open = seq, 0
		return
	case has("RST"):
		s.rst = seq
		return
	case s.open == 0:
		s.open = seq
	}
	if p.Summary.Len > 0 {
		s.data = seq
	}
	if has("FIN") {
		s.fin = seq
	}
}

// last is the event of the last packet delivered to this end.
func (c *causes) last(host string, t tuple) uint64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.stream(end{host, t}).delivered
}

// again is the packet whose bytes p sends again, 0 when they are new. It
// takes p in.
func (c *causes) again(host string, p *wire.Packet) uint64 {
	if p.Protocol != unix.IPPROTO_TCP || !p.TakesSequence() {
		return 0
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	s := c.stream(end{host, tuple{p.Protocol, p.Src, p.Dst}})
	seq := *p.Summary.Seq
	fresh := len(s.segments) == 0 || int32(seq-s.next) >= 0 || slices.Contains(p.Summary.Flags, "SYN") && s.segments[seq] == 0
	if !fresh {
		return s.covering(seq)
	}
	s.segments[seq] = p.ID
	s.next = seq + uint32(p.Summary.Len)
	for _, f := range []string{"SYN", "FIN"} {
		if slices.Contains(p.Summary.Flags, f) {
			s.next++
		}
	}
	return 0
}

// covering is the packet that carried this sequence number first: the one
// that starts there, or the nearest before.
func (s *stream) covering(seq uint32) (id uint64) {
	if id := s.segments[seq]; id != 0 {
		return id
	}
	nearest := uint32(1 << 31)
	for start, packet := range s.segments {
		if before := seq - start; before < nearest {
			nearest, id = before, packet
		}
	}
	return id
}

// ofPacket is the event that made host send p. Activity is what the socket's
// program last asked of it.
func (c *causes) ofPacket(host string, p *wire.Packet, again uint64, a activity) uint64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch p.Protocol {
	case unix.IPPROTO_TCP:
		return c.stream(end{host, tuple{p.Protocol, p.Src, p.Dst}}).cause(p, again, a)
	case unix.IPPROTO_UDP:
		return a.call
	case unix.IPPROTO_ICMP, unix.IPPROTO_ICMPV6:
		return c.arrived[host]
	}
	return 0
}

// activity is what a program last asked of a socket: events of calls.
type activity struct {
	call uint64 // connect, send, shutdown, close
	open bool   // that call has not returned
	read uint64 // recv
}

func (s *stream) cause(p *wire.Packet, again uint64, a activity) uint64 {
	flags := p.Summary.Flags
	switch {
	case again != 0:
		if s.delivered > s.sent {
			return s.delivered // acknowledgements that say what is missing
		}
		return 0 // the kernel's timer
	case slices.Contains(flags, "SYN") && slices.Contains(flags, "ACK"):
		return s.delivered
	case slices.Contains(flags, "RST"):
		return max(a.call, s.delivered)
	case p.TakesSequence():
		if a.open && a.call > s.sent {
			return a.call
		}
		return max(a.call, s.delivered)
	case s.delivered > s.sent:
		return s.delivered // it acknowledges
	case a.read > s.sent:
		return a.read // it tells that there is room again
	}
	return 0
}

// sent takes in that event seq is p being sent.
func (c *causes) sent(host string, p *wire.Packet, seq uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stream(end{host, tuple{p.Protocol, p.Src, p.Dst}}).sent = seq
}

// readers are the calls that return what arrived.
var readers = []string{"recvfrom", "recvmsg", "recvmmsg", "read", "readv", "preadv2", "connect"}

// waiters are the calls that return when something arrives on any socket.
var waiters = []string{"poll", "ppoll", "select", "pselect6", "epoll_wait", "epoll_pwait", "epoll_pwait2"}

// ofReturn is the event that had a call, entered at event entered, return:
// the delivery of what it returned.
func (c *causes) ofReturn(host, name string, t tuple, entered uint64, result int64) uint64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case slices.Contains(readers, name):
		if s := c.streams[end{host, t}]; s != nil {
			return s.ofReturn(name, result)
		}
	case name == "accept" || name == "accept4":
		return c.opened[port{host, t.local.Port()}]
	case slices.Contains(waiters, name) && c.arrived[host] > entered:
		return c.arrived[host]
	}
	return 0
}

// ofReturn is the packet that gave a call its result.
func (s *stream) ofReturn(name string, result int64) uint64 {
	switch {
	case name == "connect" && result == 0:
		return s.syn
	case result > 0:
		return s.data
	case result == 0:
		return s.fin
	case result == -int64(unix.ECONNRESET), result == -int64(unix.ECONNREFUSED), result == -int64(unix.EPIPE):
		return s.rst
	}
	return 0
}

// because is a cause as an event has it.
func because(seq uint64) *event.Cause {
	if seq == 0 {
		return nil
	}
	return &event.Cause{Seq: seq}
}
