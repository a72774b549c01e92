//go:build linux

package sandbox_test

import (
	"slices"
	"testing"

	"fivetuple/sandbox"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
)

// TestPerformPlays: the moves of a lab are made against the server's kernel,
// each when the segment that it waits for has come.
func TestPerformPlays(t *testing.T) {
	const server = "import socket\ns = socket.create_server(('server', 8080))\nc, a = s.accept()\nprint(a, c.recv(9))\nc.close()\n"
	tests := []struct {
		name, moves, prints string
		end                 event.End
	}{
		{"to the end", "- {flags: [SYN], seq: 4294967295}\n- {on: [SYN, ACK], flags: [PSH, ACK], seq: 0, ack: 1, data: hi}\n" +
			"- {on: [FIN, ACK], flags: [FIN, ACK], seq: 2, ack: 2}\n", "('10.0.0.1', 40000) b'hi'\n", event.EndFinished},
		{"until something comes", "- {flags: [ACK], seq: 7, ack: 1}\n- {on: [RST], stop: true}\n", "", event.EndStopped},
		{"nothing", "", "", event.EndStopped},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l := pair(lab.Wire, server, "", "listen")
			l.Programs, l.Hand = l.Programs[:1], "client"
			var err error
			if l.Moves, err = lab.ParseMoves([]byte(tt.moves)); err != nil {
				t.Fatal(err)
			}
			all, err := sandbox.Perform(t.Context(), l, func([]byte, *event.Event) {})
			if err != nil {
				t.Fatal(err)
			}
			if got := printed(all, "server"); got != tt.prints {
				t.Errorf("the server printed %q, not %q", got, tt.prints)
			}
			ended(t, all, tt.end)
			if i := slices.IndexFunc(all, func(e event.Event) bool { return e.Kind == event.KindNote }); i >= 0 {
				t.Errorf("note %s: %s", all[i].Text, all[i].Error)
			}
		})
	}
}
