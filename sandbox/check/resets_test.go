package check_test

import (
	"testing"

	"fivetuple/sandbox/check"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
)

// TestResets: the RST with which a kernel answers a copy is not the server's,
// one that answers something new is, and so is one that a close makes.
func TestResets(t *testing.T) {
	const client, server = "10.0.0.1:41000", "10.0.0.2:80"
	// Packets in order; seq is that of the event.
	sent := func(seq, id, again uint64, flags ...string) event.Event {
		return event.Event{Seq: seq, Kind: event.KindPacket, ID: id, Again: again, From: "client", To: "server", Phase: event.PhaseSent, Summary: &event.Summary{Src: client, Dst: server, Flags: flags}}
	}
	arrives := func(seq, id uint64) event.Event {
		e := sent(seq, id, 0, "ACK")
		e.Phase = event.PhaseDelivered
		return e
	}
	rst := func(seq, id, cause uint64) event.Event {
		return event.Event{Seq: seq, Kind: event.KindPacket, ID: id, From: "server", To: "client", Phase: event.PhaseSent, Summary: &event.Summary{Src: server, Dst: client, Flags: []string{"RST"}}, Cause: &event.Cause{Seq: cause}}
	}
	closes := event.Event{Seq: 3, Kind: event.KindCall, Name: "close", Phase: event.PhaseEnter, Program: "server"}
	tests := []struct {
		name, want string
		events     []event.Event
	}{
		{"to a copy", "[]", []event.Event{sent(1, 1, 0, "ACK"), sent(2, 2, 1, "ACK"), arrives(3, 2), rst(4, 3, 3)}},
		{"to something new", "[3]", []event.Event{sent(1, 1, 0, "ACK"), arrives(2, 1), rst(3, 2, 2)}},
		{"to something new, whose copy is on its way", "[4]", []event.Event{sent(1, 1, 0, "ACK"), arrives(2, 1), sent(3, 2, 1, "ACK"), rst(4, 3, 2)}},
		{"to both, read after both", "[6]", []event.Event{sent(1, 1, 0, "ACK"), sent(2, 2, 1, "ACK"), arrives(3, 1), arrives(4, 2), rst(5, 3, 4), rst(6, 4, 4)}},
		{"to two copies, read after both", "[]", []event.Event{sent(1, 2, 1, "ACK"), sent(2, 3, 1, "ACK"), arrives(3, 2), arrives(4, 3), rst(5, 4, 4), rst(6, 5, 4)}},
		{"of a close", "[4]", []event.Event{sent(1, 2, 1, "ACK"), arrives(2, 2), closes, rst(4, 3, 3)}},
		{"of no cause", "[2]", []event.Event{sent(1, 2, 1, "ACK"), rst(2, 3, 0)}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l := &lab.Lab{Name: "a/b", Checks: "def check_it(run):\n    if str([p.seq for p in run.resets(src_host='server')]) != '" + tt.want + "' or run.resets(src_host='client'): fail(str(run.resets()))\n"}
			results, err := check.Run(t.Context(), l, tt.events)
			if err != nil || results[0].Err != nil {
				t.Errorf("%v, %v; want %s", results, err, tt.want)
			}
		})
	}
}
