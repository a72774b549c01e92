//go:build linux && soak

package sandbox_test

import (
	"testing"

	"golang.org/x/sync/errgroup"

	"fivetuple/sandbox"
	"fivetuple/sandbox/event"
)

// TestThousandStarts asks for a thousand sandboxes at once: each runs to its
// end, and nothing is left of any.
func TestThousandStarts(t *testing.T) {
	before := left(t)
	var all errgroup.Group
	for range 1000 {
		all.Go(func() error {
			l := alone("")
			l.Programs[0].File, l.Programs[0].Command = "", []string{"true"}
			s, err := sandbox.Start(t.Context(), l)
			if err != nil {
				return err
			}
			var last event.Event
			for line := range s.Events() {
				last = decode(t, line)
			}
			if last.Cause == nil || last.Cause.End != event.EndFinished {
				t.Errorf("it ended with %+v", last)
			}
			return nil
		})
	}
	if err := all.Wait(); err != nil {
		t.Error(err)
	}
	after := left(t)
	if len(after.processes) > len(before.processes) || len(after.namespaces) > len(before.namespaces) || after.descriptors > before.descriptors {
		t.Errorf("before %+v, after %+v", before, after)
	}
}
