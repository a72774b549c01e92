//go:build linux

package worker

import (
	"golang.org/x/sys/unix"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/wire"
)

// Sent implements wire.Observer: the sender's state is asked for first, so
// that it is told before the packet that it led to.
func (w *worker) Sent(p *wire.Packet) {
	host := p.From
	if p.Of == 0 && (p.Summary.Proto == "ARP" || p.Protocol == unix.IPPROTO_ICMPV6) {
		w.sockets.connecting(p.SentAt, host)
	}
	p.Again = w.causes.again(host, p)
	asked, named := w.sockets.activity(host, tuple{p.Protocol, p.Src, p.Dst})
	cause := w.causes.ofPacket(host, p, p.Again, asked)
	if w.concernsSocket(p) && !(named && p.Protocol == unix.IPPROTO_UDP) { // of which sending changes no more than the name
		w.sockets.lookAt(p.SentAt, host, tuple{p.Protocol, p.Src, p.Dst}, cause)
	}
	if host == localhost {
		p.From, p.To = w.sockets.lanesOf(host, p.Src, p.Dst)
		if p.To == "" {
			p.To = w.other(p.From) // a port that nobody has
		}
		if p.From == "" {
			p.From = w.other(p.To) // the refusal from such a port
		}
	}
	e := w.packetEvent(p, event.PhaseSent)
	e.Data, e.Again, e.Cause = p.Frame, p.Again, because(cause)
	seq, at := w.log.emitAt(p.SentAt, e)
	p.SentAt = at
	w.causes.sent(host, p, seq)
}

// other is the lifeline of a program that is not this one's, where there is
// one.
func (w *worker) other(lane string) string {
	for _, p := range w.order {
		if p.lane != lane {
			return p.lane
		}
	}
	return lane
}

// Made implements wire.Observer.
func (w *worker) Made(p *wire.Packet, why string) {
	e := w.packetEvent(p, event.PhaseMade)
	e.Data, e.Reason = p.Frame, why
	w.log.emit(e)
}

// Changed implements wire.Observer.
func (w *worker) Changed(p *wire.Packet, why string) {
	e := w.packetEvent(p, event.PhaseChanged)
	e.Data, e.Reason = p.Frame, why
	w.log.emit(e)
}

// Held implements wire.Observer.
func (w *worker) Held(p *wire.Packet) { w.log.emit(w.packetEvent(p, event.PhaseHeld)) }

// Delivered implements wire.Observer.
func (w *worker) Delivered(p *wire.Packet) {
	if w.lost(p) {
		w.Dropped(p, event.ReasonCut)
		return
	}
	w.causes.delivered(w.receiver(p), p, w.log.emit(w.packetEvent(p, event.PhaseDelivered)))
}

// receiver is the host that a packet is for; its To names a lifeline.
func (w *worker) receiver(p *wire.Packet) string {
	if w.wire == nil {
		return localhost
	}
	return p.To
}

// Dropped implements wire.Observer.
func (w *worker) Dropped(p *wire.Packet, why string) {
	e := w.packetEvent(p, event.PhaseDropped)
	e.Reason = why
	w.log.emit(e)
}

// Passing implements wire.Observer.
func (w *worker) Passing(g wire.Passing) {
	e := event.Event{Kind: event.KindWire, Wire: &g.Wire, Until: &g.Until, Phase: event.PhaseBegan, Cause: because(g.State)}
	if g.Ended != "" {
		e.Phase, e.Reason = event.PhaseEnded, g.Ended
	}
	if g.At != nil {
		e.ID = g.At.ID
	}
	w.log.emit(e)
}

// Arrived implements wire.Observer.
func (w *worker) Arrived(p *wire.Packet) {
	if p.Corrupt && w.discards[p.To].arrived(p) {
		w.discarded(p)
	}
	if !w.concernsSocket(p) {
		return
	}
	host, t := w.receiver(p), tuple{p.Protocol, p.Dst, p.Src}
	cause := w.causes.last(host, t)
	w.sockets.look(host, t, cause)
	w.sockets.listeners(host, p.Dst, cause)
}

func (w *worker) concernsSocket(p *wire.Packet) bool {
	return (p.Protocol == unix.IPPROTO_TCP || p.Protocol == unix.IPPROTO_UDP) && p.Dst.Port() != 0
}

func (w *worker) packetEvent(p *wire.Packet, phase event.Phase) event.Event {
	e := event.Event{Kind: event.KindPacket, ID: p.ID, Of: p.Of, From: p.From, To: p.To, Phase: phase, Summary: &p.Summary}
	e.Host = p.From
	if phase == event.PhaseDelivered || phase == event.PhaseDiscarded {
		e.Host = p.To
	}
	return e
}

// drain takes the packets that were sent until now, by any host, so that they
// are told before what follows, and with their own time.
func (w *worker) drain() {
	switch {
	case w.tap != nil:
		w.tap.Drain()
	case w.wire != nil:
		w.wire.Drain()
	}
}
