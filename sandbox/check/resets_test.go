package check_test

import (
	"testing"

	"fivetuple/sandbox/check"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
)

// TestResets: the RST with which a kernel answers a copy, or the
// acknowledgement of one, is not the server's; one that answers something new
// is, and so is one that a close makes.
func TestResets(t *testing.T) {
	const client, server = "10.0.0.1:41000", "10.0.0.2:80"
	packet := func(from, src, dst string, phase event.Phase, id, again uint64, n int, flags ...string) event.Event {
		return event.Event{Kind: event.KindPacket, ID: id, Again: again, From: from, Phase: phase, Summary: &event.Summary{Src: src, Dst: dst, Flags: flags, Len: n}}
	}
	sent := func(id, again uint64) event.Event {
		return packet("client", client, server, event.PhaseSent, id, again, 5, "ACK")
	}
	arrives := func(id uint64) event.Event {
		return packet("client", client, server, event.PhaseDelivered, id, 0, 5, "ACK")
	}
	acks := func(id uint64) event.Event {
		return packet("client", client, server, event.PhaseDelivered, id, 0, 0, "ACK")
	}
	ends := func(id uint64) event.Event {
		return packet("client", client, server, event.PhaseDelivered, id, 0, 0, "FIN", "ACK")
	}
	rst := func(id uint64, flags ...string) event.Event {
		return packet("server", server, client, event.PhaseSent, id, 0, 0, append([]string{"RST"}, flags...)...)
	}
	tests := []struct {
		name, want string // the packets that are the server's own resets
		events     []event.Event
	}{
		{"to a copy", "[]", []event.Event{sent(1, 0), sent(2, 1), arrives(1), arrives(2), rst(9)}},
		{"to an acknowledgement", "[]", []event.Event{acks(1), rst(9)}},
		{"to something new", "[9]", []event.Event{sent(1, 0), arrives(1), rst(9)}},
		{"to a FIN", "[9]", []event.Event{ends(1), rst(9)}},
		{"to something new, whose copy is on its way", "[9]", []event.Event{sent(1, 0), arrives(1), sent(2, 1), rst(9)}},
		{"to both, read after both", "[8]", []event.Event{sent(1, 0), sent(2, 1), acks(7), arrives(1), arrives(2), rst(8), rst(9)}},
		{"to both, each read after the next came", "[8]", []event.Event{acks(7), arrives(1), acks(2), rst(8), sent(3, 1), arrives(3), rst(9), rst(10)}},
		{"to two copies, read after both", "[]", []event.Event{sent(2, 1), sent(3, 1), arrives(2), arrives(3), rst(8), rst(9)}},
		{"of a close, right after a copy", "[9]", []event.Event{sent(2, 1), arrives(2), rst(9, "ACK")}},
		{"of another connection", "[9]", []event.Event{packet("client", "10.0.0.1:41001", server, event.PhaseDelivered, 1, 0, 0, "ACK"), rst(9)}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for i := range tt.events {
				tt.events[i].Seq = uint64(i + 1)
			}
			l := &lab.Lab{Name: "a/b", Checks: "def check_it(run):\n    if str([p.id for p in run.resets(src_host='server')]) != '" + tt.want + "' or run.resets(src_host='client'): fail(str([p.id for p in run.resets()]))\n"}
			results, err := check.Run(t.Context(), l, tt.events)
			if err != nil || results[0].Err != nil {
				t.Errorf("%v, %v; want %s", results, err, tt.want)
			}
		})
	}
}
