// Package live holds the sandboxes of one server: those that run, each with
// its recording and its watchers, and for a while those that have ended.
//
// A recording has no holes: the event at position n has the seq n+1. A
// watcher is a position in the recording, not a queue, so a slow one lags
// behind without holding up the sandbox, the other watchers or memory; the
// writer it belongs to ends it by a deadline on each write.
//
// It knows nothing of HTTP, and of the kernel only what [Run] says.
package live

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"sync"
	"time"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
)

// Run is a started sandbox, as far as this package uses it. Its events are
// kept: each slice belongs to the receiver.
type Run interface {
	Events() <-chan []byte // closed after the end, when everything is cleaned up
	Command(event.Command)
	Stop(event.End)
}

// Starter starts a lab. When ctx ends, so does the sandbox, with the cause
// shutdown.
type Starter func(ctx context.Context, l *lab.Lab) (Run, error)

// Limits bound what a server holds. All must be set.
type Limits struct {
	Running   int           // sandboxes at one time; three quarters of them from one address
	Recorded  int64         // bytes of the recordings of those that run; beyond that the longest is cut short
	Own       int           // of them, of one owner
	Leave     time.Duration // how long a sandbox runs without a watcher
	Keep      time.Duration // how long an ended one can be found
	Kept      int           // ended ones at one time; the oldest go first
	KeptBytes int64         // of their recordings together; the newest stays whatever its size
}

// DefaultLimits suit a machine with two cores and some gigabytes.
func DefaultLimits() Limits {
	return Limits{
		Running:   100,
		Recorded:  1 << 30,
		Own:       4,
		Leave:     time.Minute,
		Keep:      10 * time.Minute,
		Kept:      1000,
		KeptBytes: 256 << 20,
	}
}

// Why a sandbox is not started.
var (
	ErrOwn    = errors.New("as many sandboxes of one owner as may run are running")
	ErrLong   = errors.New("as many as may wait from one address are waiting")
	ErrClosed = errors.New("no sandbox starts any more")
)

// Sandboxes is every sandbox of a server. [Sandboxes.Close] must be called.
type Sandboxes struct {
	start  Starter
	limits Limits
	ctx    context.Context // of every run; ends with Close
	cancel context.CancelFunc
	runs   sync.WaitGroup

	mu      sync.Mutex
	closed  bool
	running int
	own     map[string]int // of them, by owner
	held    map[string]int // of them, by address
	line    line
	byID    map[string]*Sandbox
	kept    []*Sandbox // ended, oldest first
	bytes   int64      // of the recordings of kept
	// recorded is how many bytes the recordings have of those that run and are
	// not cut short.
	recorded int64
}

// New is a server's sandboxes, none yet.
func New(start Starter, limits Limits) *Sandboxes {
	ctx, cancel := context.WithCancel(context.Background())
	return &Sandboxes{
		start:  start,
		limits: limits,
		ctx:    ctx,
		cancel: cancel,
		own:    make(map[string]int),
		held:   make(map[string]int),
		byID:   make(map[string]*Sandbox),
	}
}

// Start starts l. The sandbox outlives the caller: it ends by itself, by a
// command, when nobody watches it, or with Close. Errors are [*FullError],
// [ErrOwn], [ErrLong], [ErrClosed] or the starter's.
func (s *Sandboxes) Start(l *lab.Lab, ask Ask) (*Sandbox, error) {
	if err := s.reserve(ask); err != nil {
		return nil, err
	}
	run, err := s.start(s.ctx, l)
	if err != nil {
		s.release(ask)
		return nil, fmt.Errorf("start %s: %w", l.Name, err)
	}
	b := newSandbox(rand.Text(), l, run, s.limits.Leave)
	s.mu.Lock()
	s.byID[b.id] = b
	s.mu.Unlock()
	go func() {
		defer s.release(ask)
		b.collect(s.grown)
		s.keep(b)
	}()
	return b, nil
}

// reserve takes a place, which release gives back.
func (s *Sandboxes) reserve(ask Ask) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.closed:
		return ErrClosed
	case ask.Owner != "" && s.own[ask.Owner] >= s.limits.Own:
		return ErrOwn
	}
	if err := s.admit(ask); err != nil {
		return err
	}
	s.running++
	s.own[ask.Owner]++
	s.held[ask.Address]++
	s.runs.Add(1)
	return nil
}

// admit says whether it is the turn of who asks, or where they stand now.
func (s *Sandboxes) admit(ask Ask) error {
	id, err := s.line.find(ask, time.Now())
	if err != nil {
		return err
	}
	free := s.limits.Running - s.running
	t := s.line.turn(id, s.held, s.limits.Running-s.limits.Running/4)
	if t.at >= 0 && t.at < free && (ask.May == nil || ask.May()) {
		s.line.remove(id)
		return nil
	}
	if t.at < free { // others would be served
		return &FullError{Place: t.own + 1, Ticket: id, Crowd: true}
	}
	return &FullError{Place: t.at - max(free, 0) + 1, Ticket: id}
}

func (s *Sandboxes) release(ask Ask) {
	s.mu.Lock()
	s.running--
	less(s.own, ask.Owner)
	less(s.held, ask.Address)
	s.mu.Unlock()
	s.runs.Done()
}

// less counts one less of a key.
func less(counts map[string]int, key string) {
	if counts[key]--; counts[key] <= 0 {
		delete(counts, key)
	}
}

// Find is the sandbox with this id, running or not long ended.
func (s *Sandboxes) Find(id string) (*Sandbox, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forget(time.Now())
	b, ok := s.byID[id]
	return b, ok
}

// Running is the number of sandboxes that run.
func (s *Sandboxes) Running() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.running
}

// Close ends every sandbox with the cause shutdown and waits until each is
// cleaned up. Watchers can still read what was recorded.
func (s *Sandboxes) Close() {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	s.cancel()
	s.runs.Wait()
}
