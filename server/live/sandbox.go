package live

import (
	"sync"
	"time"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
)

// Sandbox is one live run and its recording.
type Sandbox struct {
	id    string
	lab   *lab.Lab
	run   Run
	began time.Time
	wait  time.Duration // how long it runs without a watcher
	leave *time.Timer

	// Guarded by Sandboxes.mu.
	endedAt time.Time
	counted int64 // bytes of the recording, as long as it is not cut short
	cut     bool  // it is

	mu       sync.Mutex
	events   [][]byte
	bytes    int64
	watchers int
	changed  chan struct{} // closed at the next change; nil when nobody waits for it
	ended    bool
}

func newSandbox(id string, l *lab.Lab, run Run, leave time.Duration) *Sandbox {
	return &Sandbox{id: id, lab: l, run: run, began: time.Now(), wait: leave, leave: time.NewTimer(leave)}
}

// ID names the sandbox. It cannot be guessed: who knows it may command the
// sandbox.
func (b *Sandbox) ID() string { return b.id }

// Lab is what runs, the learner's changes included. It must not be changed.
func (b *Sandbox) Lab() *lab.Lab { return b.lab }

// Began is when the sandbox was started.
func (b *Sandbox) Began() time.Time { return b.began }

// Command gives c to the sandbox. Its effect shows in the events; after the
// end it does nothing.
func (b *Sandbox) Command(c event.Command) { b.run.Command(c) }

// Recording is every event so far, encoded, and whether that is all. The
// slices must not be changed.
func (b *Sandbox) Recording() (events [][]byte, ended bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.events[:len(b.events):len(b.events)], b.ended
}

// collect records until the run is cleaned up, and ends it when nobody has
// watched it for long enough. It tells grown how much longer the recording is.
func (b *Sandbox) collect(grown func(*Sandbox, int64)) {
	defer b.leave.Stop()
	events := b.run.Events()
	for {
		select {
		case e, ok := <-events:
			if !ok {
				b.end()
				return
			}
			b.record(e)
			grown(b, int64(len(e)))
		case <-b.leave.C:
			if b.unwatched() {
				b.run.Stop(event.EndLeft)
			}
		}
	}
}

func (b *Sandbox) record(e []byte) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.events = append(b.events, e)
	b.bytes += int64(len(e))
	b.tell()
}

func (b *Sandbox) end() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.ended = true
	b.tell()
}

// tell wakes the watchers that wait for a change.
func (b *Sandbox) tell() {
	if b.changed != nil {
		close(b.changed)
		b.changed = nil
	}
}

func (b *Sandbox) unwatched() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.watchers == 0
}

func (b *Sandbox) size() int64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.bytes
}
