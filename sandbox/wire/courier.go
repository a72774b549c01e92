//go:build linux

package wire

import (
	"context"
	"sync"
	"time"
)

// courier carries packets that arrive later, in the order of their arrival.
type courier struct {
	mu    *sync.Mutex
	queue *[]parcel
	wake  chan struct{} // 1: the first of the queue changed; full means that is known already
}

type parcel struct {
	packet *Packet
	due    time.Time
}

func newCourier() courier {
	return courier{mu: new(sync.Mutex), queue: new([]parcel), wake: make(chan struct{}, 1)}
}

// send delivers p after the delay, at once if there is none and nothing is
// on its way that could be overtaken.
func (c courier) send(p *Packet, delay time.Duration, deliver func(*Packet)) {
	c.mu.Lock()
	if delay <= 0 && len(*c.queue) == 0 {
		c.mu.Unlock()
		deliver(p)
		return
	}
	c.insert(parcel{p, time.Now().Add(delay)})
	c.mu.Unlock()
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// insert keeps the queue in order of arrival; of two that arrive at the same
// time the first stays first.
func (c courier) insert(p parcel) {
	q := append(*c.queue, p)
	for i := len(q) - 1; i > 0 && q[i].due.Before(q[i-1].due); i-- {
		q[i], q[i-1] = q[i-1], q[i]
	}
	*c.queue = q
}

func (c courier) run(ctx context.Context, deliver func(*Packet)) error {
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for {
		for p := c.due(); p != nil; p = c.due() {
			deliver(p)
			c.done()
		}
		timer.Reset(c.next())
		select {
		case <-ctx.Done():
			return nil
		case <-timer.C:
		case <-c.wake:
		}
	}
}

// due is the packet that has arrived, if any. It stays in the queue until
// done, so that nothing sent meanwhile overtakes it.
func (c courier) due() *Packet {
	c.mu.Lock()
	defer c.mu.Unlock()
	if q := *c.queue; len(q) > 0 && !q[0].due.After(time.Now()) {
		return q[0].packet
	}
	return nil
}

func (c courier) done() {
	c.mu.Lock()
	defer c.mu.Unlock()
	*c.queue = (*c.queue)[1:]
}

func (c courier) next() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	if q := *c.queue; len(q) > 0 {
		return time.Until(q[0].due)
	}
	return time.Hour
}

func (c courier) waiting() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(*c.queue)
}
