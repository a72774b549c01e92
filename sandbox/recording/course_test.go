//go:build linux

package recording_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"sync"
	"testing"
	"time"

	"fivetuple/lessons"
	"fivetuple/sandbox"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
	"fivetuple/sandbox/recording"
)

func TestMain(m *testing.M) {
	sandbox.Main()
	os.Exit(m.Run())
}

// ran is a lab of the course and a run of it.
type ran struct {
	*lab.Lab
	encoded [][]byte
	events  []event.Event
}

// everyLab runs each lab of the course once for all tests.
var everyLab = sync.OnceValues(func() (all []ran, err error) {
	c, err := lessons.Load(lessons.Embedded())
	if err != nil {
		return nil, err
	}
	for _, l := range c.Labs() {
		r, err := perform(l)
		if err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, nil
})

// forEveryLab runs a test for each lab of the course.
func forEveryLab(t *testing.T, test func(*testing.T, ran)) {
	t.Helper()
	all, err := everyLab()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range all {
		t.Run(r.Name, func(t *testing.T) { test(t, r) })
	}
}

// perform runs l with a hand that types its input and delivers what is held.
func perform(definition *lab.Lab) (r ran, err error) {
	l := *definition
	l.Start, l.Limits.Time = lab.Run, time.Minute
	r.Lab = &l
	s, err := sandbox.Start(context.Background(), &l)
	if err != nil {
		return r, err
	}
	for b := range s.Events() {
		var e event.Event
		if err := json.Unmarshal(b, &e); err != nil {
			return r, err
		}
		r.encoded, r.events = append(r.encoded, b), append(r.events, e)
		hand(s, &l, &e)
	}
	return r, nil
}

func hand(s *sandbox.Sandbox, l *lab.Lab, e *event.Event) {
	switch {
	case e.Kind == event.KindStart:
		for _, p := range l.Programs {
			for _, line := range p.Input {
				s.Command(event.Command{Verb: event.VerbInput, Program: p.Name, Text: line})
			}
			s.Command(event.Command{Verb: event.VerbEOF, Program: p.Name})
		}
	case e.Kind == event.KindPacket && e.Phase == event.PhaseHeld:
		s.Command(event.Command{Verb: event.VerbDeliver, Packet: e.ID})
	}
}

func TestEveryLabFitsTheSchema(t *testing.T) {
	s := schema(t)
	forEveryLab(t, func(t *testing.T, r ran) {
		var b bytes.Buffer
		if err := recording.Write(&b, r.Name, r.encoded); err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(document(t, b.Bytes())); err != nil {
			t.Error(err)
		}
		if _, err := recording.Read(&b); err != nil {
			t.Error(err)
		}
	})
}
