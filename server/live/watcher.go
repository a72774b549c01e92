package live

import "sync"

// Watcher reads a recording as it grows. It is used by one goroutine. While
// there is one, its sandbox is not left.
type Watcher struct {
	sandbox *Sandbox
	next    uint64
	close   sync.Once
}

// Watch is a watcher of the events whose seq is greater than after. It must
// be closed.
func (b *Sandbox) Watch(after uint64) *Watcher {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.watchers++
	b.leave.Stop()
	return &Watcher{sandbox: b, next: after}
}

// Close ends the watching. When it was the last watcher, the time begins
// after which the sandbox is left.
func (w *Watcher) Close() {
	w.close.Do(func() {
		b := w.sandbox
		b.mu.Lock()
		defer b.mu.Unlock()
		b.watchers--
		if b.watchers == 0 && !b.ended {
			b.leave.Reset(b.wait)
		}
	})
}

// News is what a watcher finds.
type News struct {
	Events  [][]byte        // not yet seen, in order; must not be changed
	Changed <-chan struct{} // when there is nothing new: closed when there may be
	Ended   bool            // nothing new will ever come
}

// Next is what is new, without waiting: some events of at most limit bytes
// together, or a single larger one.
func (w *Watcher) Next(limit int) News {
	b := w.sandbox
	b.mu.Lock()
	defer b.mu.Unlock()
	if w.next < uint64(len(b.events)) {
		events := batch(b.events[w.next:], limit)
		w.next += uint64(len(events))
		return News{Events: events}
	}
	if b.ended {
		return News{Ended: true}
	}
	if b.changed == nil {
		b.changed = make(chan struct{})
	}
	return News{Changed: b.changed}
}

// batch is the longest beginning of events, of one at least, that is within
// limit bytes.
func batch(events [][]byte, limit int) [][]byte {
	size := len(events[0])
	n := 1
	for n < len(events) && size+len(events[n]) <= limit {
		size += len(events[n])
		n++
	}
	return events[:n:n]
}
