//go:build linux

package sandbox_test

import (
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"fivetuple/sandbox"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
)

// TestReadLate: a packet that the worker comes to read late, on a machine that
// was busy, is told with the time at which it was sent. Here the worker stands
// still while the kernel sends a lost SYN again, a second after the first.
func TestReadLate(t *testing.T) {
	l := echo(lab.Wire)
	l.Wire.Mode = event.Hold
	var lost bool
	all := run(t, l, func(s *sandbox.Sandbox, e event.Event) {
		switch {
		case e.Kind == event.KindPacket && e.Phase == event.PhaseHeld && !lost:
			lost = true
			s.Command(event.Command{Verb: event.VerbDrop, Packet: e.ID})
		case e.Kind == event.KindPacket && e.Phase == event.PhaseHeld:
			s.Command(event.Command{Verb: event.VerbDeliver, Packet: e.ID})
		}
		if e.Phase != event.PhaseDropped {
			return
		}
		all := workers()
		for _, pid := range all {
			if err := unix.Kill(pid, unix.SIGSTOP); err != nil {
				t.Error(err)
			}
		}
		time.Sleep(2 * time.Second) // this is the busy machine
		for _, pid := range all {
			if err := unix.Kill(pid, unix.SIGCONT); err != nil {
				t.Error(err)
			}
		}
	})
	finished(t, all)
	var sent []time.Duration
	for _, e := range all {
		if e.Kind == event.KindPacket && e.Phase == event.PhaseSent && len(e.Summary.Flags) == 1 && e.Summary.Flags[0] == "SYN" {
			sent = append(sent, time.Duration(e.T))
		}
	}
	if len(sent) < 2 || sent[1]-sent[0] > 1500*time.Millisecond {
		t.Errorf("SYNs at %v, the second a second after the first", sent)
	}
}
