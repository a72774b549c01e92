package live

import (
	"slices"
	"time"
)

// keep moves b to the ended ones.
func (s *Sandboxes) keep(b *Sandbox) {
	s.mu.Lock()
	defer s.mu.Unlock()
	b.endedAt = time.Now()
	if !b.cut {
		s.recorded -= b.counted
	}
	s.kept = append(s.kept, b)
	s.bytes += b.size()
	s.forget(b.endedAt)
}

// forget lets go of the ended sandboxes that are too old or too many. It is
// called whenever one ends or is looked for, so that no timer is needed:
// what is kept in between is bounded by number and size.
func (s *Sandboxes) forget(now time.Time) {
	n := 0
	for n < len(s.kept) && s.mustGo(n, now) {
		s.bytes -= s.kept[n].size()
		delete(s.byID, s.kept[n].id)
		n++
	}
	s.kept = slices.Delete(s.kept, 0, n)
}

// mustGo says whether the nth must go when all before it do.
func (s *Sandboxes) mustGo(n int, now time.Time) bool {
	left := len(s.kept) - n
	return now.Sub(s.kept[n].endedAt) >= s.limits.Keep ||
		left > s.limits.Kept ||
		left > 1 && s.bytes > s.limits.KeptBytes
}
