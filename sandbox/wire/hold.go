//go:build linux

package wire

import (
	"slices"
	"time"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/packet"
)

// Deliver delivers the held packet with this number, the oldest when it is
// 0. The error is [ErrNotHeld].
func (w *Wire) Deliver(id uint64) error {
	p, err := w.release(id)
	if err == nil {
		w.deliver(p)
	}
	return err
}

// Drop drops the held packet with this number, the oldest when it is 0. The
// error is [ErrNotHeld].
func (w *Wire) Drop(id uint64) error {
	p, err := w.release(id)
	if err == nil {
		w.observer.Dropped(p, event.ReasonByHand)
	}
	return err
}

// Delay lets go of the held packet with this number, which arrives after the
// delay. The error is [ErrNotHeld].
func (w *Wire) Delay(id uint64, delay time.Duration) error {
	p, err := w.release(id)
	if err == nil {
		w.courier.send(p, arrival(delay))
	}
	return err
}

// Duplicate makes a copy of the held packet with this number, which is held
// behind it. The error is [ErrNotHeld].
func (w *Wire) Duplicate(id uint64) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.halt(event.ReasonCommand)
	i := w.index(id)
	if i < 0 {
		return ErrNotHeld
	}
	double := w.copyOf(w.held[i])
	w.held = slices.Insert(w.held, i+1, double)
	w.observer.Made(double, event.ReasonDuplicate)
	w.observer.Held(double)
	return nil
}

// copyOf is a new packet that is p again. The wire is locked.
func (w *Wire) copyOf(p *Packet) *Packet {
	double := *p
	w.lastID++
	double.ID, double.Of = w.lastID, p.ID
	return &double
}

// Edit replaces the frame of the held packet with this number; its checksums
// and lengths are computed anew when mend is set. The packet stays held. The
// error is [ErrNotHeld], or says why the frame cannot be mended.
func (w *Wire) Edit(id uint64, frame []byte, mend bool) error {
	frame = slices.Clone(frame)
	if mend {
		if err := packet.Mend(frame); err != nil {
			return err
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.halt(event.ReasonCommand)
	i := w.index(id)
	if i < 0 {
		return ErrNotHeld
	}
	edited := *w.held[i] // who was told of the old one may still read it
	edited.Frame, edited.Headers = frame, packet.NewDecoder().Decode(frame)
	edited.Corrupt = packet.Wrong(frame)
	w.held[i] = &edited
	w.observer.Changed(&edited, event.ReasonEdit)
	return nil
}

// Joins says that both hosts are on the wire. The error is [ErrNoHost].
func (w *Wire) Joins(from, to string) error {
	if w.line(from) == nil {
		return w.noHost("from", from)
	}
	if w.line(to) == nil {
		return w.noHost("to", to)
	}
	return nil
}

// Inject puts a frame on the wire as if one host had sent it to another; it
// is held or carried like any other. The error is [ErrNoHost].
func (w *Wire) Inject(from, to string, frame []byte) error {
	if err := w.Joins(from, to); err != nil {
		return err
	}
	p := &Packet{ID: w.nextID(), SentAt: time.Now(), From: from, To: to, Frame: slices.Clone(frame)}
	p.Headers, p.Corrupt = packet.NewDecoder().Decode(p.Frame), packet.Wrong(p.Frame)
	w.observer.Made(p, event.ReasonInjected)
	w.carry(p)
	return nil
}

func (w *Wire) release(id uint64) (*Packet, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.halt(event.ReasonCommand)
	i := w.index(id)
	if i < 0 {
		return nil, ErrNotHeld
	}
	p := w.held[i]
	w.held = slices.Delete(w.held, i, i+1)
	return p, nil
}

// index is the place of a held packet, -1 when it is not held.
func (w *Wire) index(id uint64) int {
	return slices.IndexFunc(w.held, func(p *Packet) bool { return p.ID == id || id == 0 })
}
