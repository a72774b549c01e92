//go:build linux

package wire

import (
	"math/rand/v2"
	"sync"
	"time"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/packet"
)

// line is one end of the wire, and the direction that leads away from it.
type line struct {
	End

	reading sync.Mutex // of the port; the next two belong to it
	buf     []byte
	decoder *packet.Decoder

	// The rest belongs to the wire's lock.
	dice  *rand.Rand
	free  time.Time   // when the last packet has left, at the rate
	queue []time.Time // when each packet that waits for the rate has left
	last  time.Time   // when the last packet arrives
}

func newLine(end End, seed int64, number int) *line {
	return &line{End: end, buf: make([]byte, longest), decoder: packet.NewDecoder(), dice: rand.New(rand.NewPCG(uint64(seed), uint64(number)+1))}
}

// fate is what meets one packet. All of it is thrown for each packet, so
// that a change of one setting does not change the others' choices.
type fate struct {
	lost, late, double, corrupt bool
	jitter                      time.Duration
	bit                         uint32
}

func (l *line) throw(s event.Wire) fate {
	return fate{
		lost:    l.dice.Float64() < s.Loss,
		late:    l.dice.Float64() < s.Reorder,
		double:  l.dice.Float64() < s.Duplicate,
		corrupt: l.dice.Float64() < s.Corrupt,
		jitter:  time.Duration((2*l.dice.Float64() - 1) * float64(s.Jitter)),
		bit:     l.dice.Uint32(),
	}
}

// leaves is when the last bit of a frame of this length leaves at the rate,
// behind those that wait; ok is false when the queue is full.
func (l *line) leaves(s event.Wire, now time.Time, length int) (at time.Time, ok bool) {
	if s.Rate == 0 {
		return now, true
	}
	for len(l.queue) > 0 && !l.queue[0].After(now) {
		l.queue = l.queue[1:]
	}
	limit := s.Queue
	if limit == 0 {
		limit = event.DefaultQueue
	}
	// The first of the queue is the one that is being sent.
	if len(l.queue) > limit {
		return now, false
	}
	if l.free.Before(now) {
		l.free = now
	}
	l.free = l.free.Add(time.Duration(int64(length) * 8 * int64(time.Second) / s.Rate))
	l.queue = append(l.queue, l.free)
	return l.free, true
}

// arrives is when a packet that has left arrives: not before the one ahead
// of it.
func (l *line) arrives(s event.Wire, left time.Time, jitter time.Duration) time.Time {
	due := left.Add(max(0, s.Delay+jitter))
	if due.Before(l.last) && s.Jitter > 0 {
		due = l.last
	}
	l.last = due
	return due
}
