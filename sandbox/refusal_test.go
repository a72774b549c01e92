//go:build linux

package sandbox_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fivetuple/sandbox"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
)

// TestRefusals: a command that asks for what cannot be had is told as a note
// that says what, where and what could be had, and the sandbox goes on.
func TestRefusals(t *testing.T) {
	delay, mtu, window := time.Minute, 5, 70_000
	segment := func(s event.Segment) event.Command {
		return event.Command{Verb: event.VerbInject, From: "client", To: "server", Segment: &s}
	}
	good := event.Segment{Src: "10.0.0.1:5", Dst: "10.0.0.2:80", Flags: []string{"RST"}}
	changed := func(change func(*event.Segment)) event.Command {
		s := good
		change(&s)
		return segment(s)
	}
	tests := []struct {
		command event.Command
		note    string
		want    event.RefusalError
	}{
		{event.Command{Verb: event.VerbWire, WireChange: event.WireChange{MTU: &mtu}}, "refused", event.RefusalError{Why: event.WhyZero, Setting: "wire.mtu", Value: "5 B", Min: "68 B", Max: "1500 B"}},
		{event.Command{Verb: event.VerbWire, WireChange: event.WireChange{Cut: &[]string{"mars"}}}, "no-such-host", event.RefusalError{Why: event.WhyChoice, Setting: "wire.cut", Value: "mars", Choices: []string{"client", "server"}}},
		{event.Command{Verb: event.VerbDelay, WireChange: event.WireChange{Delay: &delay}}, "refused", event.RefusalError{Why: event.WhyRange, Setting: "wire.delay", Value: "1m0s", Min: "0s", Max: "10s"}},
		{event.Command{Verb: event.VerbEdit, Data: make([]byte, 3)}, "refused", event.RefusalError{Why: event.WhyRange, Setting: "data", Value: "3 B", Min: "14 B", Max: "1514 B"}},
		{event.Command{Verb: event.VerbStep, Program: "mars"}, "no-such-program", event.RefusalError{Why: event.WhyChoice, Setting: "program", Value: "mars", Choices: []string{"server", "client"}}},
		{event.Command{Verb: event.VerbInject, From: "mars", To: "server", Segment: &good}, "no-such-host", event.RefusalError{Why: event.WhyChoice, Setting: "from", Value: "mars", Choices: []string{"client", "server"}}},
		{event.Command{Verb: event.VerbInject, From: "client", To: "mars", Segment: &good}, "no-such-host", event.RefusalError{Why: event.WhyChoice, Setting: "to", Value: "mars", Choices: []string{"client", "server"}}},
		{changed(func(s *event.Segment) { s.Src = "10.0.0.1" }), "bad-frame", event.RefusalError{Why: event.WhyAddress, Setting: "segment.src", Value: "10.0.0.1"}},
		{changed(func(s *event.Segment) { s.Dst = "server:80" }), "bad-frame", event.RefusalError{Why: event.WhyAddress, Setting: "segment.dst", Value: "server:80"}},
		{changed(func(s *event.Segment) { s.Dst = "[fd00::2]:80" }), "bad-frame", event.RefusalError{Why: event.WhyFamilies, Setting: "segment"}},
		{changed(func(s *event.Segment) { s.Proto = "sctp" }), "bad-frame", event.RefusalError{Why: event.WhyChoice, Setting: "segment.proto", Value: "sctp", Choices: []string{"tcp", "udp"}}},
		{changed(func(s *event.Segment) { s.Flags = []string{"NOP"} }), "bad-frame", event.RefusalError{Why: event.WhyChoice, Setting: "segment.flags", Value: "NOP", Choices: []string{"SYN", "FIN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"}}},
		{changed(func(s *event.Segment) { s.Window = &window }), "bad-frame", event.RefusalError{Why: event.WhyRange, Setting: "segment.window", Value: "70000", Min: "0", Max: "65535"}},
		{changed(func(s *event.Segment) { s.MSS = -1 }), "bad-frame", event.RefusalError{Why: event.WhyRange, Setting: "segment.mss", Value: "-1", Min: "0", Max: "65535"}},
	}
	var notes []event.Event
	l := echo(lab.Wire)
	l.Start = lab.Step // until it is stopped
	all := run(t, l, func(s *sandbox.Sandbox, e event.Event) {
		if e.Kind == event.KindNote {
			notes = append(notes, e)
		}
		if e.Kind != event.KindStart && e.Kind != event.KindNote || len(notes) > len(tests) {
			return
		}
		if len(notes) == len(tests) {
			s.Stop(event.EndStopped)
			return
		}
		s.Command(tests[len(notes)].command)
	})
	ended(t, all, event.EndStopped)
	for i, tt := range tests {
		if notes[i].Text != tt.note || notes[i].Error == "" || notes[i].Refusal == nil {
			t.Errorf("%+v: note %+v", tt.command, notes[i])
			continue
		}
		if diff := cmp.Diff(tt.want, *notes[i].Refusal); diff != "" {
			t.Errorf("%+v (-want +got):\n%s", tt.command, diff)
		}
	}
}
