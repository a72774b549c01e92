//go:build linux

package sandbox_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fivetuple/lessons"
	"fivetuple/sandbox"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
)

// passed is a run in which packets passed until something.
type passed struct {
	events       []event.Event
	began, ended event.Event
	held         map[uint64]bool // since passing began
}

// until runs l on hold: when the first packet is held packets pass until u,
// and then, when they pass no more, a hand delivers each.
func until(t *testing.T, l *lab.Lab, u event.Until) passed {
	t.Helper()
	l.Wire.Mode = event.Hold
	p := passed{held: map[uint64]bool{}}
	byHand := hand(0)
	var waiting []event.Event
	p.events = run(t, l, func(s *sandbox.Sandbox, e event.Event) {
		switch {
		case p.ended.Seq != 0:
			byHand(s, e)
		case e.Kind == event.KindPacket && e.Phase == event.PhaseHeld && p.began.Seq == 0 && e.ID == 1:
			s.Command(event.Command{Verb: event.VerbDeliver, Until: &u})
		case e.Kind == event.KindPacket && e.Phase == event.PhaseHeld:
			waiting = append(waiting, e)
		case e.Kind == event.KindWire && e.Phase == event.PhaseBegan:
			p.began = e
		case e.Kind == event.KindWire && e.Phase == event.PhaseEnded:
			p.ended = e
			for _, h := range waiting {
				byHand(s, h)
			}
		}
		if e.Kind == event.KindPacket && e.Phase == event.PhaseHeld && p.began.Seq != 0 {
			p.held[e.ID] = true
		}
	})
	finished(t, p.events)
	if diff := cmp.Diff([]*event.Until{&u, &u}, []*event.Until{p.began.Until, p.ended.Until}); diff != "" || p.ended.Wire.Mode != event.Hold {
		t.Errorf("began %+v, ended %+v:\n%s", p.began, p.ended, diff)
	}
	if err := p.wrong(); err != nil {
		t.Error(err)
	}
	return p
}

// wrong says what is wrong with what passed and what did not: what is held
// does not arrive unless the hand delivers it, which finds it then, and all
// else has arrived.
func (p passed) wrong() error {
	under := map[uint64]bool{} // sent, and neither held nor delivered
	for _, e := range p.events {
		switch {
		case e.Kind == event.KindNote:
			return fmt.Errorf("event %d: the hand did not find what was held", e.Seq)
		case e.Kind == event.KindPacket && e.Phase == event.PhaseSent:
			under[e.ID] = true
		case e.Kind == event.KindPacket:
			delete(under, e.ID)
		}
		if e.Kind == event.KindPacket && e.Phase == event.PhaseDelivered && p.held[e.ID] && e.Seq < p.ended.Seq {
			return fmt.Errorf("event %d: it was held", e.Seq)
		}
	}
	if len(under) > 0 {
		return fmt.Errorf("neither held nor delivered: %v", under)
	}
	if p.ended.ID != 0 && !p.held[p.ended.ID] {
		return errors.New("the packet that was waited for is not held")
	}
	return nil
}

func packetPhase(all []event.Event, id uint64, phase event.Phase) event.Event {
	i := slices.IndexFunc(all, func(e event.Event) bool { return e.Kind == event.KindPacket && e.ID == id && e.Phase == phase })
	if i < 0 {
		return event.Event{}
	}
	return all[i]
}

// TestUntilAPacket: everything passes until a packet that is waited for, and
// that packet waits.
func TestUntilAPacket(t *testing.T) {
	tests := []struct {
		name  string
		until event.Until
		is    func(p event.Event) bool // the packet before which it stops
	}{
		{"SYN, other than the one that waited", event.Until{Flags: []string{"SYN"}}, func(p event.Event) bool { return slices.Equal(p.Summary.Flags, []string{"SYN", "ACK"}) }},
		{"data", event.Until{Data: true}, func(p event.Event) bool { return p.Summary.Text == "hello" }},
		{"data of the server", event.Until{Data: true, Host: "server"}, func(p event.Event) bool { return p.Summary.Text == "HELLO" }},
		{"host", event.Until{Host: "server"}, func(p event.Event) bool { return slices.Equal(p.Summary.Flags, []string{"SYN", "ACK"}) }},
		{"FIN", event.Until{Flags: []string{"FIN"}}, func(p event.Event) bool { return slices.Contains(p.Summary.Flags, "FIN") }},
		{"FIN of the client", event.Until{Flags: []string{"FIN", "ACK"}, Host: "client"}, func(p event.Event) bool { return slices.Contains(p.Summary.Flags, "FIN") && p.From == "client" }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			passed := until(t, echo(lab.Wire), tt.until)
			all, ended := passed.events, passed.ended
			if ended.Reason != event.ReasonReached {
				t.Fatalf("it ended with %+v", ended)
			}
			p := packetPhase(all, ended.ID, event.PhaseHeld)
			if p.Seq == 0 || p.Seq > ended.Seq || !tt.is(p) {
				t.Errorf("it stopped before %+v", p)
			}
			for _, e := range all[:ended.Seq] {
				if e.Kind == event.KindPacket && e.Phase == event.PhaseDelivered && e.ID != 1 && tt.is(e) {
					t.Errorf("event %d delivered what was waited for", e.Seq)
				}
			}
		})
	}
}

// TestUntilAState: everything passes until an end is in a state, and what is
// sent from then on waits.
func TestUntilAState(t *testing.T) {
	for _, u := range []event.Until{
		{State: "ESTABLISHED", Host: "client"}, {State: "ESTABLISHED", Host: "server"}, {State: "SYN_RECV"},
		{State: "CLOSE_WAIT"}, {State: "TIME_WAIT"}, {State: "LAST_ACK"},
	} {
		t.Run(u.State+" "+u.Host, func(t *testing.T) {
			passed := until(t, pair(lab.Wire, patientServer, patientClient, "listen"), u)
			all, ended := passed.events, passed.ended
			if ended.Reason != event.ReasonReached || ended.Cause == nil || ended.ID != 0 {
				t.Fatalf("it ended with %+v", ended)
			}
			s := all[ended.Cause.Seq-1]
			if s.Kind != event.KindState || s.To != u.State || u.Host != "" && s.Host != u.Host || s.Seq > ended.Seq {
				t.Errorf("it stopped because of %+v", s)
			}
		})
	}
}

// The client closes first, and the server when it has seen so.
const (
	patientServer = "import socket\nl = socket.create_server(('server', 8080))\nc, a = l.accept()\nc.recv(9)\nc.recv(9)\nc.close()\n"
	patientClient = "import socket\nc = socket.create_connection(('server', 8080))\nc.sendall(b'hello')\nc.close()\n"
)

// TestUntilAllThatAreHeld delivers those that wait, and holds what comes of
// them.
func TestUntilAllThatAreHeld(t *testing.T) {
	passed := until(t, echo(lab.Wire), event.Until{Held: true})
	all, ended := passed.events, passed.ended
	if ended.Reason != event.ReasonReached || ended.ID != 0 {
		t.Errorf("it ended with %+v", ended)
	}
	if d := packetPhase(all, 1, event.PhaseDelivered); d.Seq == 0 || d.Seq > ended.Seq {
		t.Errorf("the SYN: %+v", d)
	}
	if h := packetPhase(all, 2, event.PhaseHeld); h.Seq == 0 {
		t.Errorf("its answer: %+v", h)
	}
}

// TestUntilAgain: a segment that was dropped is sent again, and waits.
func TestUntilAgain(t *testing.T) {
	l := pair(lab.Wire, patientServer, patientClient, "listen")
	l.Wire.Mode = event.Hold
	var lost uint64
	var ended event.Event
	all := run(t, l, func(s *sandbox.Sandbox, e event.Event) {
		switch {
		case e.Kind == event.KindWire && e.Phase == event.PhaseEnded:
			ended = e
			s.Command(event.Command{Verb: event.VerbWire, WireChange: event.WireChange{Mode: event.Flow}})
		case e.Kind != event.KindPacket || e.Phase != event.PhaseHeld || lost != 0:
		case e.Summary.Len > 0:
			lost = e.ID
			s.Command(event.Command{Verb: event.VerbDrop, Packet: e.ID})
			s.Command(event.Command{Verb: event.VerbDeliver, Until: &event.Until{Again: true}})
		default:
			s.Command(event.Command{Verb: event.VerbDeliver, Packet: e.ID})
		}
	})
	finished(t, all)
	if sent := packetPhase(all, ended.ID, event.PhaseSent); lost == 0 || sent.Again != lost || packetPhase(all, ended.ID, event.PhaseHeld).Seq == 0 {
		t.Errorf("packet %d was lost; it stopped before %+v", lost, sent)
	}
}

// TestUntilEndsByCommand: another command about held packets, and one that
// sets the wire's mode, end it; other settings do not.
func TestUntilEndsByCommand(t *testing.T) {
	loss := 0.0
	wire := func(c event.WireChange) event.Command { return event.Command{Verb: event.VerbWire, WireChange: c} }
	tests := []struct {
		name    string
		command event.Command
		reason  string // none: it goes on
		note    string
	}{
		{"deliver", event.Command{Verb: event.VerbDeliver}, event.ReasonCommand, "no-such-packet"},
		{"drop", event.Command{Verb: event.VerbDrop}, event.ReasonCommand, "no-such-packet"},
		{"duplicate", event.Command{Verb: event.VerbDuplicate}, event.ReasonCommand, "no-such-packet"},
		{"another", event.Command{Verb: event.VerbDeliver, Until: &event.Until{Flags: []string{"URG"}}}, event.ReasonCommand, ""},
		{"hold", wire(event.WireChange{Mode: event.Hold}), event.ReasonMode, ""},
		{"flow", wire(event.WireChange{Mode: event.Flow}), event.ReasonMode, ""},
		{"loss", wire(event.WireChange{Loss: &loss}), "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l := pair(lab.Wire, "import socket\nl = socket.create_server(('server', 8080))\nc, a = l.accept()\nc.recv(9)\n",
				"import socket\nc = socket.create_connection(('server', 8080))\ninput()\nc.sendall(b'hello')\n", "listen")
			l.Wire.Mode = event.Hold
			asked := false
			all := run(t, l, func(s *sandbox.Sandbox, e event.Event) {
				switch {
				case e.Phase == event.PhaseHeld && !asked:
					asked = true
					s.Command(event.Command{Verb: event.VerbDeliver, Until: &event.Until{Flags: []string{"RST"}}})
				case e.Kind == event.KindState && e.Host == "server" && e.To == "ESTABLISHED" && e.From == "SYN_RECV":
					s.Command(tt.command)
					s.Command(event.Command{Verb: event.VerbInput, Program: "client", Text: "go"})
				case e.Kind == event.KindPacket && e.Summary.Text == "hello" && (e.Phase == event.PhaseHeld || e.Phase == event.PhaseDelivered):
					s.Stop(event.EndStopped)
				}
			})
			ended(t, all, event.EndStopped)
			var why []string
			for _, e := range all {
				if e.Kind == event.KindWire && e.Phase == event.PhaseEnded {
					why = append(why, e.Reason)
				}
			}
			if tt.reason == "" && why != nil || tt.reason != "" && !slices.Equal(why, []string{tt.reason}) {
				t.Errorf("it ended because of %v, want %q", why, tt.reason)
			}
			if noted := slices.ContainsFunc(all, func(e event.Event) bool { return e.Kind == event.KindNote && e.Text == tt.note }); tt.note != "" && !noted {
				t.Errorf("nothing was held, and it does not say so")
			}
		})
	}
}

// TestUntilInTheCourse: the handshake lab passes whole, and the FIN waits.
func TestUntilInTheCourse(t *testing.T) {
	c, err := lessons.Load(lessons.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	l, ok := c.Lab("handshake/three-way")
	if !ok {
		t.Fatal("the lab is gone")
	}
	passed := until(t, l, event.Until{Flags: []string{"FIN"}})
	all, ended := passed.events, passed.ended
	var arrived string
	for _, e := range all[:ended.Seq] {
		if e.Kind == event.KindPacket && e.Phase == event.PhaseDelivered {
			arrived += e.Summary.Text
		}
	}
	p := packetPhase(all, ended.ID, event.PhaseHeld)
	if arrived != "welcome" || !slices.Contains(p.Summary.Flags, "FIN") {
		t.Errorf("%q arrived before %+v was held", arrived, p)
	}
}

// TestUntilRefused: a delivery until something that makes no sense is refused
// with what could be had.
func TestUntilRefused(t *testing.T) {
	tests := []struct {
		until event.Until
		flow  bool
		note  string
		want  *event.RefusalError
	}{
		{event.Until{Host: "mars"}, false, "no-such-host", &event.RefusalError{Why: event.WhyChoice, Setting: "until.host", Value: "mars", Choices: []string{"client", "server"}}},
		{event.Until{Flags: []string{"NOP"}}, false, "refused", &event.RefusalError{Why: event.WhyChoice, Setting: "until.flags", Value: "NOP", Choices: []string{"SYN", "FIN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"}}},
		{event.Until{Held: true}, false, "no-such-packet", nil},
		{event.Until{Data: true}, true, "refused", &event.RefusalError{Why: event.WhyChoice, Setting: "wire.mode", Value: "flow", Choices: []string{"hold"}}},
	}
	for _, tt := range tests {
		l := echo(lab.Wire)
		l.Start, l.Wire.Mode = lab.Step, event.Hold
		if tt.flow {
			l.Wire.Mode = event.Flow
		}
		var note event.Event
		all := run(t, l, func(s *sandbox.Sandbox, e event.Event) {
			switch e.Kind {
			case event.KindStart:
				s.Command(event.Command{Verb: event.VerbDeliver, Until: &tt.until})
			case event.KindNote:
				note = e
				s.Stop(event.EndStopped)
			}
		})
		ended(t, all, event.EndStopped)
		if diff := cmp.Diff(tt.want, note.Refusal); diff != "" || note.Text != tt.note {
			t.Errorf("%+v: note %+v (-want +got):\n%s", tt.until, note, diff)
		}
	}
}
