package recording_test

import (
	"testing"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/recording"
)

func TestPassingAsText(t *testing.T) {
	hold := &event.Wire{Mode: event.Hold}
	for _, tt := range []struct {
		event event.Event
		want  string
	}{
		{event.Event{Kind: event.KindWire, Wire: hold}, "  0.000000           wire     hold, delay 0s"},
		{event.Event{Kind: event.KindWire, Wire: hold, Phase: event.PhaseBegan, Until: &event.Until{Flags: []string{"FIN", "ACK"}, Host: "server"}}, "  0.000000           wire     passes until server, FIN+ACK"},
		{event.Event{Kind: event.KindWire, Wire: hold, Phase: event.PhaseBegan, Until: &event.Until{Held: true}}, "  0.000000           wire     passes until all that are held"},
		{event.Event{Kind: event.KindWire, Wire: hold, Phase: event.PhaseEnded, Until: &event.Until{Data: true}, Reason: event.ReasonReached, ID: 7}, "  0.000000           wire     held again: reached by packet 7"},
		{event.Event{Kind: event.KindWire, Wire: hold, Phase: event.PhaseEnded, Until: &event.Until{State: "TIME_WAIT"}, Reason: event.ReasonMode}, "  0.000000           wire     held again: mode"},
	} {
		if got := recording.Line(&tt.event); got != tt.want {
			t.Errorf("got  %q\nwant %q", got, tt.want)
		}
	}
}
