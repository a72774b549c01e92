//go:build linux

// Package wire is the link between hosts, in user space: every frame passes
// through our hands and is delivered, delayed, held or dropped by us.
//
// A [Wire] reads the frames that each of its ends sends and writes them to
// the other end. In flow each packet arrives after the delay; in hold each
// waits until it is delivered or dropped by its number.
package wire

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/packet"
)

// The modes.
const (
	Flow = "flow"
	Hold = "hold"
)

// ErrNotHeld means that no packet with this number is waiting.
var ErrNotHeld = errors.New("packet is not held")

// Packet is one frame on its way.
type Packet struct {
	ID       uint64 // 1, 2, 3 …
	From, To string // names of hosts
	Frame    []byte
	packet.Headers
}

// Observer is told what happens to each packet, in the order in which it
// happens to that packet. It is called on the wire's goroutines; Held must
// not call back.
type Observer interface {
	Sent(*Packet)
	Held(*Packet)
	Delivered(*Packet)             // about to be given to the receiving kernel
	Arrived(*Packet)               // the receiving kernel has it
	Dropped(p *Packet, why string) // why is a word: by-hand, unplugged
}

// End is one end of a wire: a host's name and the port its link leads to.
type End struct {
	Host string
	Port *Port
}

// Wire joins two ends.
type Wire struct {
	observer Observer
	ends     [2]End

	mu      sync.Mutex
	mode    string
	delay   time.Duration
	lastID  uint64
	held    []*Packet
	courier courier
}

// New returns a wire between two ends, in flow without delay. The wire owns
// the ports from now on.
func New(observer Observer, a, b End) *Wire {
	return &Wire{observer: observer, ends: [2]End{a, b}, mode: Flow, courier: newCourier()}
}

// Run carries packets until ctx ends, then closes the ports.
func (w *Wire) Run(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	for i := range w.ends {
		group.Go(func() error { return w.read(ctx, w.ends[i], w.ends[1-i].Host) })
	}
	group.Go(func() error { return w.courier.run(ctx, w.deliver) })
	group.Go(func() error {
		<-ctx.Done()
		return errors.Join(w.ends[0].Port.Close(), w.ends[1].Port.Close())
	})
	return group.Wait()
}

func (w *Wire) read(ctx context.Context, from End, to string) error {
	decoder := packet.NewDecoder()
	buf := make([]byte, 64<<10)
	for {
		n, err := from.Port.Read(buf)
		if errors.Is(err, os.ErrClosed) || ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read frames of %s: %w", from.Host, err)
		}
		p := &Packet{From: from.Host, To: to, Frame: slices.Clone(buf[:n])}
		p.Headers = decoder.Decode(p.Frame)
		if !p.Housekeeping() {
			w.take(p)
		}
	}
}

// take receives a packet from its sender.
func (w *Wire) take(p *Packet) {
	w.mu.Lock()
	w.lastID++
	p.ID = w.lastID
	w.mu.Unlock()
	w.observer.Sent(p)

	w.mu.Lock()
	mode, delay := w.mode, w.delay
	if mode == Hold {
		w.held = append(w.held, p)
		w.observer.Held(p) // before anyone can deliver it
	}
	w.mu.Unlock()
	if mode != Hold {
		w.courier.send(p, delay, w.deliver)
	}
}

func (w *Wire) deliver(p *Packet) {
	w.observer.Delivered(p)
	for _, end := range w.ends {
		if end.Host != p.To {
			continue
		}
		if err := end.Port.Write(p.Frame); err != nil && !errors.Is(err, os.ErrClosed) {
			w.observer.Dropped(p, "unplugged")
			return
		}
	}
	w.observer.Arrived(p)
}

// Set changes the mode, when it is not empty, and the delay, when it is not
// nil, for packets yet to come. Packets that are held when the mode becomes
// flow are delivered at once, in their order.
func (w *Wire) Set(mode string, delay *time.Duration) event.Wire {
	w.mu.Lock()
	if delay != nil {
		w.delay = *delay
	}
	if mode != "" {
		w.mode = mode
	}
	var free []*Packet
	if w.mode == Flow {
		free, w.held = w.held, nil
	}
	now := event.Wire{Mode: w.mode, Delay: int64(w.delay)}
	w.mu.Unlock()
	for _, p := range free {
		w.deliver(p)
	}
	return now
}

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
		w.observer.Dropped(p, "by-hand")
	}
	return err
}

func (w *Wire) release(id uint64) (*Packet, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for i, p := range w.held {
		if p.ID == id || id == 0 {
			w.held = slices.Delete(w.held, i, i+1)
			return p, nil
		}
	}
	return nil, ErrNotHeld
}

// Waiting is the number of packets that are held or on their way.
func (w *Wire) Waiting() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.held) + w.courier.waiting()
}
