//go:build linux

// Package wire is what joins hosts, in user space: every frame passes
// through our hands and is delivered, delayed, held, changed or dropped by
// us.
//
// A [Wire] reads the frames that each of its ends sends and writes them to
// the end they are for; with more than two ends it is a switch. In flow each
// packet meets the faults that were set; in hold each waits until it is
// dealt with by its number, or passes until something is there to be dealt
// with.
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
	"golang.org/x/sys/unix"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/packet"
)

// Conditions under which a command cannot be obeyed.
var (
	ErrNotHeld = errors.New("packet is not held")
	ErrNoHost  = errors.New("there is no such host on the wire")
)

// Packet is one frame on its way.
type Packet struct {
	ID       uint64    // 1, 2, 3 …
	Of       uint64    // packet that it was made from, or 0
	SentAt   time.Time // when the kernel had it from its sender, or it was made
	From, To string    // names of hosts
	Frame    []byte
	Corrupt  bool   // it was changed or made so that its checksum is wrong
	Again    uint64 // packet whose bytes it sends again, or 0, as the observer found out
	told     bool   // that it is held
	packet.Headers
}

// Observer is told what happens to each packet, in the order in which it
// happens to that packet. It is called on the wire's goroutines and on those
// of its callers, with the wire locked where it says so; then it must not
// call back. The reasons are those of package event.
type Observer interface {
	Sent(*Packet)                  // it may set Again and move SentAt
	Made(p *Packet, why string)    // by no host
	Changed(p *Packet, why string) // its Frame and Headers are the new ones
	Held(*Packet)                  // locked
	Delivered(*Packet)             // about to be given to the receiving kernel
	Arrived(*Packet)               // the receiving kernel has it
	Dropped(p *Packet, why string)
	Passing(Passing) // locked
}

// End is one end of a wire: a host's name and the port its link leads to.
// An end without a port is played by hand: what arrives there is shown, and
// what it sends is injected.
type End struct {
	Host string
	Port *Port
}

// Wire joins its ends.
type Wire struct {
	observer Observer
	lines    []*line
	courier  courier

	mu       sync.Mutex
	settings event.Wire
	lastID   uint64
	held     []*Packet
	passage  passage
	learned  map[[6]byte]*line // by Ethernet address, with more than two ends
}

// New returns a wire between ends, with these settings. Its random choices
// come from the seed: in each direction the n-th packet always meets the
// same. The wire owns the ports from now on.
func New(observer Observer, settings event.Wire, seed int64, ends ...End) *Wire {
	w := &Wire{observer: observer, settings: settings, courier: newCourier(), learned: map[[6]byte]*line{}}
	w.passage = newPassage(&w.mu)
	for i, end := range ends {
		w.lines = append(w.lines, newLine(end, seed, i))
	}
	return w
}

// Run carries packets until ctx ends, then closes the ports.
func (w *Wire) Run(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	for _, l := range w.lines {
		if l.Port != nil {
			group.Go(func() error { return w.read(ctx, l) })
		}
	}
	group.Go(func() error { return w.courier.run(ctx, w.deliver) })
	group.Go(func() error { return w.pass(ctx) })
	group.Go(func() error {
		<-ctx.Done()
		var all []error
		for _, l := range w.lines {
			if l.Port != nil {
				all = append(all, l.Port.Close())
			}
		}
		return errors.Join(all...)
	})
	return group.Wait()
}

func (w *Wire) read(ctx context.Context, from *line) error {
	err := from.Port.each(func(fd uintptr) bool { return w.take(from, fd) })
	if errors.Is(err, os.ErrClosed) || ctx.Err() != nil {
		return nil
	}
	return fmt.Errorf("read frames of %s: %w", from.Host, err)
}

// Drain takes every packet that was sent before it was called: what a system
// call sends has left when the call returns.
func (w *Wire) Drain() {
	for _, from := range w.lines {
		if from.Port != nil {
			from.Port.now(func(fd uintptr) bool { return w.take(from, fd) })
		}
	}
}

// take takes the frames that are there from a packet socket; more is false
// when there are none.
func (w *Wire) take(from *line, fd uintptr) (more bool) {
	from.reading.Lock()
	defer from.reading.Unlock()
	for {
		n, at, err := read(int(fd), from.buf)
		if errors.Is(err, unix.EINTR) {
			continue
		}
		if err != nil || n == 0 {
			return more
		}
		more = true
		w.sent(from, slices.Clone(from.buf[:n]), at)
	}
}

// sent takes in a frame that a host has sent. Where a switch copies it to
// several hosts, all copies are told before the first of them is answered.
func (w *Wire) sent(from *line, frame []byte, at time.Time) {
	headers := from.decoder.Decode(frame)
	if headers.Housekeeping() {
		return
	}
	var copies []*Packet
	for _, to := range w.route(from, frame) {
		p := &Packet{ID: w.nextID(), SentAt: at, From: from.Host, To: to.Host, Frame: frame, Headers: headers}
		if len(copies) > 0 {
			p.Of = copies[0].ID
		}
		copies = append(copies, p)
		w.observer.Sent(p)
	}
	for _, p := range copies {
		w.carry(p)
	}
}

func (w *Wire) nextID() uint64 {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.lastID++
	return w.lastID
}

// carry takes a packet that was sent or made to its fate.
func (w *Wire) carry(p *Packet) {
	w.mu.Lock()
	for w.settings.Mode != event.Hold && w.passage.moving {
		w.passage.rest.Wait() // those that were held go first
	}
	if w.settings.Mode != event.Hold {
		w.mu.Unlock()
		w.flow(p)
		return
	}
	defer w.mu.Unlock()
	switch {
	case p.Of == 0 && (slices.ContainsFunc(w.held, p.repeats) || slices.ContainsFunc(w.passage.queue, p.repeats)):
		w.observer.Dropped(p, event.ReasonCopy)
	case w.passage.until != nil:
		w.passage.queue = append(w.passage.queue, p)
		w.passage.rouse()
	default:
		w.hold(p)
	}
}

// hold has a packet wait in our hands, and tells so once. The wire is locked.
func (w *Wire) hold(p *Packet) {
	w.held = append(w.held, p)
	if !p.told {
		p.told = true
		w.observer.Held(p) // before anyone can deliver it
	}
}

// repeats says whether p is a segment that its sender has sent before, as
// held: it cannot know that the first waits in our hands.
func (p *Packet) repeats(held *Packet) bool {
	return p.Summary.Seq != nil && held.Summary.Seq != nil && held.From == p.From && held.Src == p.Src && held.Dst == p.Dst &&
		*held.Summary.Seq == *p.Summary.Seq && held.Summary.Len == p.Summary.Len && p.TakesSequence() && held.TakesSequence()
}

func (w *Wire) deliver(p *Packet) {
	w.observer.Delivered(p)
	l := w.line(p.To)
	if l.Port == nil {
		return // the hand that plays the host has seen it
	}
	if err := l.Port.Write(p.Frame); err != nil && !errors.Is(err, os.ErrClosed) {
		w.observer.Dropped(p, event.ReasonUnplugged)
		return
	}
	w.observer.Arrived(p)
}

func (w *Wire) line(host string) *line {
	for _, l := range w.lines {
		if l.Host == host {
			return l
		}
	}
	return nil
}

// noHost refuses a name that no host of the wire has. The error wraps
// [ErrNoHost].
func (w *Wire) noHost(setting, host string) error {
	names := make([]string, len(w.lines))
	for i, l := range w.lines {
		names[i] = l.Host
	}
	return fmt.Errorf("%w: %w", ErrNoHost, event.NoneOf(setting, host, names...))
}

// Settings are the settings in force.
func (w *Wire) Settings() event.Wire {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.settings
}

// Set changes settings for packets yet to come and returns those in force.
// Who sets the mode ends what passes until something; packets that are held
// when it becomes flow are delivered at once, in their order. The error is [ErrNoHost] when a host to cut is not there.
func (w *Wire) Set(change event.WireChange) (event.Wire, error) {
	if change.Cut != nil {
		for _, host := range *change.Cut {
			if w.line(host) == nil {
				return event.Wire{}, w.noHost("wire.cut", host)
			}
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if change.Mode != "" {
		w.halt(event.ReasonMode)
	}
	w.settings = change.Apply(w.settings)
	now := w.settings
	if now.Mode == event.Flow && len(w.held) > 0 {
		w.free()
	}
	return now, nil
}

// free delivers what is held, in its order; what is sent meanwhile waits. The
// wire is locked, but not while a packet is being delivered.
func (w *Wire) free() {
	free := w.held
	w.held, w.passage.moving = nil, true
	w.mu.Unlock()
	for _, p := range free {
		w.deliver(p)
	}
	w.mu.Lock()
	w.passage.rested()
}

// Waiting is the number of packets that are held or on their way.
func (w *Wire) Waiting() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.held) + w.passage.waiting() + w.courier.waiting()
}

// arrival is when a packet that goes now arrives.
func arrival(after time.Duration) time.Time { return time.Now().Add(after) }
