//go:build linux

package wire

import (
	"slices"
	"time"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/packet"
)

// overtake is how long a packet waits for the next one to overtake it.
const overtake = 100 * time.Millisecond

// flow sends a packet on its way, with what the settings have in store for
// it.
func (w *Wire) flow(p *Packet) {
	w.mu.Lock()
	s, from := w.settings, w.line(p.From)
	f := from.throw(s)
	w.mu.Unlock()
	switch {
	case slices.Contains(s.Cut, p.From):
		w.observer.Dropped(p, event.ReasonCut)
		return
	case s.MTU > 0 && p.IPLen > s.MTU:
		w.tooBig(p, s.MTU)
		return
	case f.lost:
		w.observer.Dropped(p, event.ReasonLoss)
		return
	}
	if f.corrupt {
		p = w.corrupt(p, f.bit)
	}
	w.send(from, p, s, f)
	if f.double {
		w.mu.Lock()
		double := w.copyOf(p)
		w.mu.Unlock()
		w.observer.Made(double, event.ReasonDuplicate)
		w.send(from, double, s, fate{jitter: f.jitter})
	}
}

// send gives a packet to the courier. Without a delay and with nothing on
// its way it is delivered before send returns.
func (w *Wire) send(from *line, p *Packet, s event.Wire, f fate) {
	w.mu.Lock()
	left, ok := from.leaves(s, p.SentAt, len(p.Frame))
	if !ok {
		w.mu.Unlock()
		w.observer.Dropped(p, event.ReasonQueue)
		return
	}
	due := from.arrives(s, left, f.jitter)
	w.mu.Unlock()
	switch {
	case f.late:
		w.courier.sendLate(p, due.Add(overtake))
	case due.After(time.Now()) || !w.courier.idle():
		w.courier.send(p, due)
	default:
		w.deliver(p)
		w.courier.overtaken(p)
	}
}

// corrupt is p with one bit of what its transport carries turned over, so
// that no checksum fits any more; p itself where there is nothing to change.
func (w *Wire) corrupt(p *Packet, bit uint32) *Packet {
	start, end := packet.Transport(p.Frame)
	if start >= end {
		return p
	}
	wrong := *p
	wrong.Frame = slices.Clone(p.Frame)
	at := bit % uint32(8*(end-start))
	wrong.Frame[start+int(at/8)] ^= 1 << (at % 8)
	wrong.Headers, wrong.Corrupt = packet.NewDecoder().Decode(wrong.Frame), true
	w.observer.Changed(&wrong, event.ReasonCorrupt)
	return &wrong
}

// tooBig deals with a packet longer than the wire's MTU as a router would:
// it is fragmented where it may be, otherwise its sender is told.
//
// Source: RFC 791, section 3.2; RFC 1191, section 4; RFC 8200, section 5.
func (w *Wire) tooBig(p *Packet, mtu int) {
	if fragments := packet.Fragment(p.Frame, mtu); fragments != nil {
		w.observer.Dropped(p, event.ReasonFragmented)
		for _, frame := range fragments {
			w.make(p, p.From, p.To, frame, event.ReasonFragment)
		}
		return
	}
	w.observer.Dropped(p, event.ReasonTooBig)
	if frame := packet.TooBig(p.Frame, mtu); frame != nil {
		w.make(p, p.To, p.From, frame, event.ReasonICMP)
	}
}

// make puts a frame on the wire that came of a packet.
func (w *Wire) make(of *Packet, from, to string, frame []byte, why string) {
	p := &Packet{ID: w.nextID(), Of: of.ID, SentAt: time.Now(), From: from, To: to, Frame: frame, Headers: packet.NewDecoder().Decode(frame)}
	w.observer.Made(p, why)
	w.carry(p)
}
