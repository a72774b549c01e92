package live

import "fivetuple/sandbox/event"

// grown takes in that the recording of b, which runs, is longer by so many
// bytes. When all of them together are too long the longest is cut short, and
// the next longest, until the others have room.
func (s *Sandboxes) grown(b *Sandbox, by int64) {
	for _, long := range s.weigh(b, by) {
		long.run.Stop(event.EndNoRoom)
	}
}

// weigh is what has to be cut short.
func (s *Sandboxes) weigh(b *Sandbox, by int64) (cut []*Sandbox) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if b.cut {
		return nil
	}
	b.counted += by
	s.recorded += by
	for s.recorded > s.limits.Recorded {
		longest := s.longest()
		longest.cut = true
		s.recorded -= longest.counted
		cut = append(cut, longest)
	}
	return cut
}

// longest is the sandbox with the longest recording of those that run and are
// not cut short. There is one as long as anything is recorded.
func (s *Sandboxes) longest() (longest *Sandbox) {
	for _, b := range s.byID {
		if b.endedAt.IsZero() && !b.cut && (longest == nil || b.counted > longest.counted) {
			longest = b
		}
	}
	return longest
}
