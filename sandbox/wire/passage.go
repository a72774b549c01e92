//go:build linux

package wire

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"fivetuple/sandbox/event"
)

// ErrFlow is why nothing can be delivered until something: it passes anyway.
var ErrFlow = errors.New("the wire is not on hold")

// Passing is that packets on hold begin to pass by themselves until
// something, or pass no more.
type Passing struct {
	Until event.Until
	Wire  event.Wire // settings in force
	Ended string     // why they pass no more; empty when they begin to
	At    *Packet    // that was waited for, or nil
	State uint64     // event of the state that was waited for, or 0
}

// passage is packets on hold that pass by themselves until something. One
// goroutine delivers them, one after another: so it stops exactly before the
// packet, or after the one that led to the state, that is waited for.
type passage struct {
	until  *event.Until // nil while each packet is held
	first  *Packet      // the oldest held when it began, which passes in any case
	queue  []*Packet    // wait for their turn
	moving bool         // one of them is being delivered, or those that were held when the wire became flow
	rest   *sync.Cond   // moving became false
	wake   chan struct{}
}

func newPassage(mu *sync.Mutex) passage {
	return passage{rest: sync.NewCond(mu), wake: make(chan struct{}, 1)} // 1: there is something to do; full means that is known already
}

func (g *passage) rouse() {
	select {
	case g.wake <- struct{}{}:
	default:
	}
}

// waiting is the number of packets that wait for their turn or have it.
func (g *passage) waiting() int {
	if g.moving {
		return len(g.queue) + 1
	}
	return len(g.queue)
}

// rested lets go on who waits until nothing is being delivered. The wire is
// locked.
func (g *passage) rested() {
	g.moving = false
	g.rest.Broadcast()
}

// Until has packets pass by themselves until something: those that are held,
// in their order, and those that come. It does not wait for that, which is
// told to the observer. A passage that was under way ends. The error is
// [ErrFlow], [ErrNoHost], or [ErrNotHeld] when those that are held are asked
// for and there are none.
func (w *Wire) Until(u event.Until) error {
	if u.Host != "" && w.line(u.Host) == nil {
		return w.noHost("until.host", u.Host)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.settings.Mode != event.Hold {
		return fmt.Errorf("%w: %w", ErrFlow, event.NoneOf("wire.mode", w.settings.Mode, event.Hold))
	}
	w.stop(event.ReasonCommand, nil, 0)
	if u.Held && len(w.held) == 0 {
		return ErrNotHeld
	}
	w.passage.until, w.passage.queue, w.held = &u, w.held, nil
	if len(w.passage.queue) > 0 {
		w.passage.first = w.passage.queue[0]
	}
	w.observer.Passing(Passing{Until: u, Wire: w.settings})
	w.passage.rouse()
	return nil
}

// Reached takes in that a socket of host got into a state, which the event
// seq told. It may be called while a packet is being delivered.
func (w *Wire) Reached(host, state string, seq uint64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if u := w.passage.until; u != nil && u.State == state && (u.Host == "" || u.Host == host) {
		w.stop(event.ReasonReached, nil, seq)
	}
}

// halt ends a passage, and waits until its last packet has been delivered, so
// that none overtakes it. The wire is locked.
func (w *Wire) halt(why string) {
	w.stop(why, nil, 0)
	for w.passage.moving {
		w.passage.rest.Wait()
	}
}

// stop ends a passage: each packet is held again, those first that wait for
// their turn. At is the packet, or seq the event, that was waited for. The
// wire is locked.
func (w *Wire) stop(why string, at *Packet, seq uint64) {
	u, queue := w.passage.until, w.passage.queue
	if u == nil {
		return
	}
	w.passage.until, w.passage.first, w.passage.queue = nil, nil, nil
	for _, p := range queue {
		w.hold(p)
	}
	w.observer.Passing(Passing{Until: *u, Wire: w.settings, Ended: why, At: at, State: seq})
}

// pass delivers what passes by itself until ctx ends.
func (w *Wire) pass(ctx context.Context) error {
	for {
		for p := w.nextPassing(); p != nil; p = w.nextPassing() {
			w.deliver(p)
			w.mu.Lock()
			w.passage.rested()
			w.mu.Unlock()
		}
		select {
		case <-ctx.Done():
			return nil
		case <-w.passage.wake:
		}
	}
}

// nextPassing is the packet whose turn it is; nil when there is none, or when
// what was waited for is there.
func (w *Wire) nextPassing() *Packet {
	w.mu.Lock()
	defer w.mu.Unlock()
	g := &w.passage
	switch {
	case g.until == nil:
		return nil
	case g.until.Held && (len(g.queue) == 0 || !g.queue[0].told):
		w.stop(event.ReasonReached, nil, 0)
		return nil
	case len(g.queue) == 0:
		return nil
	case g.queue[0] != g.first && g.queue[0].meets(g.until):
		w.stop(event.ReasonReached, g.queue[0], 0)
		return nil
	}
	p := g.queue[0]
	g.queue, g.moving = g.queue[1:], true
	return p
}

// meets says whether p is the packet that is waited for.
func (p *Packet) meets(u *event.Until) bool {
	if u.Held || u.State != "" {
		return false
	}
	for _, flag := range u.Flags {
		if !slices.Contains(p.Summary.Flags, flag) {
			return false
		}
	}
	return (!u.Data || p.carriesData()) && (!u.Again || p.Again != 0) && (u.Host == "" || u.Host == p.From)
}

// carriesData says whether p has bytes of a program: of a protocol above TCP
// and UDP nobody writes any.
func (p *Packet) carriesData() bool {
	return p.Summary.Len > 0 && (p.Summary.Proto == "TCP" || p.Summary.Proto == "UDP")
}
