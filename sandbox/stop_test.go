//go:build linux

package sandbox_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/sys/unix"

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

// TestSlowStart: a worker that is slow to read what it is to run, which is more
// than a pipe holds, gets all of it, and then the commands that came meanwhile.
func TestSlowStart(t *testing.T) {
	large := filepath.Join(t.TempDir(), "large")
	script := append([]byte("#!/bin/sh\nread line\necho $line\nexit\n"), bytes.Repeat([]byte("#\n"), 1<<20)...)
	if err := os.WriteFile(large, script, 0o755); err != nil {
		t.Fatal(err)
	}
	l := alone("")
	l.Programs[0].File, l.Programs[0].Command = "", []string{large}
	s, err := sandbox.Start(t.Context(), l)
	if err != nil {
		t.Fatal(err)
	}
	if err := unix.Kill(s.PID(), unix.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	s.Command(event.Command{Verb: event.VerbInput, Program: "server", Text: "at last"})
	const slow = 2500 * time.Millisecond // longer than a command may take
	time.AfterFunc(slow, func() { _ = unix.Kill(s.PID(), unix.SIGCONT) })
	var all []event.Event
	for b := range s.Events() {
		all = append(all, decode(t, b))
	}
	finished(t, all)
	if got := printed(all, "server"); got != "at last\n" {
		t.Errorf("it printed %q", got)
	}
}
