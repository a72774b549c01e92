package live

import (
	"crypto/rand"
	"fmt"
	"time"
)

// Ask is who asks for a sandbox.
type Ask struct {
	Owner  string // whose it will be; empty is nobody in particular
	Ticket string // place in the line from a [FullError]; empty at first
}

// FullError says that every place is taken, and where in the line the asker
// stands. Who asks again with the ticket within [LineWait] keeps the place.
type FullError struct {
	Place  int // 1 is the next
	Ticket string
}

func (e *FullError) Error() string {
	return fmt.Sprintf("as many sandboxes as may run are running; place %d in the line", e.Place)
}

// LineWait is how long a place in the line is kept for one who does not ask.
const LineWait = 15 * time.Second

// line is who waits for a sandbox, the first first.
type line []ticket

type ticket struct {
	id    string
	asked time.Time
}

// admit says whether one with this ticket may have one of free places, or
// where it stands now.
func (l *line) admit(id string, free int, now time.Time) error {
	l.leave(now)
	at := l.index(id)
	if at < 0 {
		id, at = rand.Text(), len(*l)
		*l = append(*l, ticket{id: id})
	}
	(*l)[at].asked = now
	if at < free {
		*l = append((*l)[:at], (*l)[at+1:]...)
		return nil
	}
	return &FullError{Place: at - max(free, 0) + 1, Ticket: id}
}

func (l *line) index(id string) int {
	for i, t := range *l {
		if t.id == id {
			return i
		}
	}
	return -1
}

// leave forgets those that have not asked for too long.
func (l *line) leave(now time.Time) {
	var stay line
	for _, t := range *l {
		if now.Sub(t.asked) <= LineWait {
			stay = append(stay, t)
		}
	}
	*l = stay
}
