//go:build linux

package worker

import (
	"context"
	"fmt"
	"time"

	"fivetuple/sandbox/lab"
)

// calls are the moments at which calls succeeded for the first time, as far
// as steps of the timeline count from them. A channel gives its moment, or
// zero when the program ended without the call.
type calls map[lab.After]moment

func newCalls(timeline []lab.WireStep) calls {
	c := calls{}
	for _, step := range timeline {
		if step.After != nil {
			c[*step.After] = make(moment, 1)
		}
	}
	return c
}

// made is told of each call that succeeded.
func (c calls) made(program, name string) {
	c[lab.After{Program: program, Call: name}].is(time.Now())
}

// ended is told of each program that ended.
func (c calls) ended(program string) {
	for after, m := range c {
		if after.Program == program {
			m.is(time.Time{})
		}
	}
}

// moment has room for the one time that counts.
type moment chan time.Time

func (m moment) is(t time.Time) {
	select {
	case m <- t:
	default: // nobody counts from it, or it is not the first
	}
}

// follow changes the wire as the timeline says. A step that counts from a
// call which its program never makes is left out.
func (w *worker) follow(ctx context.Context, timeline []lab.WireStep) error {
	moments := map[lab.After]time.Time{}
	for _, step := range timeline {
		from := w.log.start
		if a := step.After; a != nil {
			if _, known := moments[*a]; !known {
				select {
				case <-ctx.Done():
					return nil
				case moments[*a] = <-w.calls[*a]:
				}
			}
			if from = moments[*a]; from.IsZero() {
				continue
			}
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(time.Until(from.Add(step.At))):
		}
		if err := w.set(step.WireChange); err != nil {
			return fmt.Errorf("timeline at %v: %w", step.At, err)
		}
	}
	return nil
}
