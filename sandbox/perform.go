package sandbox

import (
	"context"
	"encoding/json"
	"fmt"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
)

// Perform runs l to its end as a learner in a hurry would: it types the
// programs' input, plays the host that is left to a hand, and delivers each
// packet as soon as it is held. Each event is given to each as it comes; all
// are returned.
func Perform(ctx context.Context, l *lab.Lab, each func(encoded []byte, e *event.Event)) ([]event.Event, error) {
	s, err := Start(ctx, l)
	if err != nil {
		return nil, err
	}
	player := newPlayer(l)
	var all []event.Event
	for encoded := range s.Events() {
		var e event.Event
		if err := json.Unmarshal(encoded, &e); err != nil {
			s.Stop(event.EndStopped)
			for range s.Events() { // until it is cleaned up
			}
			return nil, fmt.Errorf("event %d: %w", len(all)+1, err)
		}
		all = append(all, e)
		each(encoded, &e)
		hand(s, l, &e)
		for _, c := range player.after(&e) {
			s.Command(c)
		}
	}
	return all, nil
}

// hand does what a learner would.
func hand(s *Sandbox, l *lab.Lab, e *event.Event) {
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
