package live

import (
	"cmp"
	"crypto/rand"
	"fmt"
	"slices"
	"time"
)

// Ask is who asks for a sandbox.
type Ask struct {
	Owner   string      // whose it will be; empty is nobody in particular
	Address string      // where they ask from, which they may share with many; empty is nowhere
	May     func() bool // whether one may start from there at this moment; asked when all else allows it, nil is yes
	Ticket  string      // place in the line from a [FullError]; empty at first
}

// FullError says that no place is free for the asker, and where in the line
// they stand. Who asks again with the ticket within [LineWait] keeps the
// place.
type FullError struct {
	Place  int // 1 is the next
	Ticket string
	Crowd  bool // places are free, but their address has its share
}

func (e *FullError) Error() string {
	return fmt.Sprintf("as many sandboxes as may run are running; place %d in the line", e.Place)
}

// LineWait is how long a place in the line is kept for one who does not ask.
const LineWait = 15 * time.Second

// LineOfAddress is how many may stand in the line from one address: more
// than a class, and not all the world.
const LineOfAddress = 200

// line is who waits for a sandbox, in the order in which they came.
type line []ticket

type ticket struct {
	id, address string
	asked       time.Time
}

// turn is where a ticket stands.
type turn struct {
	at  int // among those who can have a place; -1: its address has its share
	own int // among those of its address
}

// find is the ticket with which somebody asks, a new one at the end of the
// line when it has none. The error is [ErrLong].
func (l *line) find(ask Ask, now time.Time) (id string, err error) {
	l.leave(now)
	if at := l.index(ask.Ticket); at >= 0 {
		(*l)[at].asked = now
		return ask.Ticket, nil
	}
	same := 0
	for _, t := range *l {
		if t.address == ask.Address {
			same++
		}
	}
	if ask.Address != "" && same >= LineOfAddress {
		return "", ErrLong
	}
	t := ticket{id: rand.Text(), address: ask.Address, asked: now}
	*l = append(*l, t)
	return t.id, nil
}

// turn is where a ticket stands when each address holds so many places, of
// which it may have share. Whose address holds fewest is first: one that has
// many does not keep others waiting.
func (l line) turn(id string, held map[string]int, share int) turn {
	type standing struct {
		id   string
		rank int // places that its address will hold before it
	}
	var order []standing
	var own turn
	before := map[string]int{}
	for _, t := range l {
		rank := before[t.address]
		before[t.address]++
		if t.id == id {
			own.own = rank
		}
		if rank += held[t.address]; t.address == "" || rank < share {
			order = append(order, standing{t.id, rank})
		}
	}
	slices.SortStableFunc(order, func(a, b standing) int { return cmp.Compare(a.rank, b.rank) })
	own.at = slices.IndexFunc(order, func(s standing) bool { return s.id == id })
	return own
}

// remove takes a ticket out of the line.
func (l *line) remove(id string) {
	*l = slices.DeleteFunc(*l, func(t ticket) bool { return t.id == id })
}

func (l line) index(id string) int {
	return slices.IndexFunc(l, func(t ticket) bool { return t.id == id })
}

// leave forgets those that have not asked for too long.
func (l *line) leave(now time.Time) {
	*l = slices.DeleteFunc(*l, func(t ticket) bool { return now.Sub(t.asked) > LineWait })
}
