//go:build linux

package wire

import (
	"context"
	"slices"
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
	late   bool // it waits until the next of its sender's has arrived
}

func newCourier() courier {
	return courier{mu: new(sync.Mutex), queue: new([]parcel), wake: make(chan struct{}, 1)}
}

// idle says whether nothing is on its way that could be overtaken.
func (c courier) idle() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, p := range *c.queue {
		if !p.late {
			return false
		}
	}
	return true
}

// send delivers p when it is due.
func (c courier) send(p *Packet, due time.Time) { c.put(parcel{packet: p, due: due}) }

// sendLate delivers p right after the next packet of its sender, at the
// latest when it is due.
func (c courier) sendLate(p *Packet, due time.Time) { c.put(parcel{packet: p, due: due, late: true}) }

func (c courier) put(p parcel) {
	c.mu.Lock()
	c.insert(p)
	if !p.late {
		c.overtake(p)
	}
	c.mu.Unlock()
	c.rouse()
}

// overtaken lets the packet go that waited for one of this sender to arrive,
// which it did without us.
func (c courier) overtaken(by *Packet) {
	c.mu.Lock()
	late := len(*c.queue) > 0
	if late {
		c.overtake(parcel{packet: by, due: time.Now()})
	}
	c.mu.Unlock()
	if late {
		c.rouse()
	}
}

func (c courier) rouse() {
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// overtake has the late packets of the same sender follow p.
func (c courier) overtake(p parcel) {
	q := *c.queue
	for i := range q {
		if late := q[i]; late.late && late.packet.From == p.packet.From {
			*c.queue = slices.Delete(q, i, i+1)
			late.late, late.due = false, p.due
			c.insert(late) // behind p, which is due at the same time
			return
		}
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
			c.done(p)
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

func (c courier) done(p *Packet) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if q := *c.queue; q[0].packet == p {
		*c.queue = q[1:]
		return
	}
	*c.queue = slices.DeleteFunc(*c.queue, func(q parcel) bool { return q.packet == p })
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
