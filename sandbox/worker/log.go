//go:build linux

package worker

import (
	"io"
	"sync"
	"time"

	"fivetuple/sandbox/event"
)

// log gives events their number and time, encodes them and writes them, one
// a line. Its methods may be called from any goroutine; emit blocks while
// the reader is behind by more than maxPending bytes.
type log struct {
	out   io.Writer
	start time.Time
	full  func() // called once, when the recording has become as long as it may
	limit struct {
		events uint64
		bytes  int64
	}

	mu      sync.Mutex
	changed *sync.Cond
	seq     uint64
	t       time.Duration // of the last event, since start
	size    int64
	pending []byte
	closed  bool // after the end event: nothing follows
	failed  bool // nobody reads any more
}

const maxPending = 8 << 20

func newLog(out io.Writer, full func()) *log {
	l := &log{out: out, start: time.Now(), full: full}
	l.changed = sync.NewCond(&l.mu)
	return l
}

// emit writes e, which happens now, and returns its number, 0 when nothing is
// written any more.
func (l *log) emit(e event.Event) uint64 {
	seq, _ := l.emitAt(time.Now(), e)
	return seq
}

// emitAt is emit for what was noticed late. It returns the time that is told:
// nothing comes before what was told already.
func (l *log) emitAt(at time.Time, e event.Event) (seq uint64, told time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for len(l.pending) > maxPending && !l.failed && e.Kind != event.KindEnd {
		l.changed.Wait()
	}
	if l.closed || l.failed {
		return 0, at
	}
	l.closed = e.Kind == event.KindEnd
	l.seq++
	l.t = max(l.t, at.Sub(l.start))
	e.Seq, e.T = l.seq, l.t.Nanoseconds()
	before := len(l.pending)
	pending, err := e.AppendJSON(l.pending)
	if err != nil {
		panic(err) // the fields of an event are all encodable
	}
	l.pending = append(pending, '\n')
	l.size += int64(len(l.pending) - before)
	if l.seq == l.limit.events || l.size >= l.limit.bytes && l.full != nil {
		go l.full()
		l.full, l.limit.events = nil, 0
	}
	l.changed.Broadcast()
	return e.Seq, l.start.Add(l.t)
}

// last is the number of the last event.
func (l *log) last() uint64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.seq
}

// run writes what is emitted until the end event has been written.
func (l *log) run() {
	var writing []byte
	for {
		l.mu.Lock()
		for len(l.pending) == 0 && !l.closed {
			l.changed.Wait()
		}
		writing, l.pending = l.pending, writing[:0]
		closed := l.closed
		l.changed.Broadcast()
		l.mu.Unlock()
		if _, err := l.out.Write(writing); err != nil {
			l.mu.Lock()
			l.failed = true
			l.changed.Broadcast()
			l.mu.Unlock()
			return
		}
		if closed {
			return
		}
	}
}
