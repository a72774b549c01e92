//go:build linux

package sandbox_test

import (
	"context"
	"testing"
	"time"

	"fivetuple/sandbox"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
)

// TestStopWhileHeld stops runs whose programs are held before a call. Which
// of the worker's threads traces them is a matter of chance, and once in some
// ten runs it was the process's first, which does not end with its work.
func TestStopWhileHeld(t *testing.T) {
	pool := sandbox.NewPool(1)
	defer pool.Close()
	for range 60 {
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		l := echo(lab.Wire)
		l.Start = lab.Step
		s, err := pool.Start(ctx, l)
		if err != nil {
			t.Fatal(err)
		}
		held := 0
		var last event.Event
		for b := range s.Events() {
			last = decode(t, b)
			if last.Kind == event.KindCall && last.Phase == event.PhaseHeld {
				if held++; held == len(l.Programs) {
					s.Command(event.Command{Verb: event.VerbStop})
				}
			}
		}
		cancel()
		if last.Kind != event.KindEnd || last.Cause.End != event.EndStopped {
			t.Fatalf("the run ended with %+v", last)
		}
	}
}
