package lab_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fivetuple/sandbox/lab"
)

func TestParseMoves(t *testing.T) {
	one := uint32(1)
	want := []lab.Move{
		{Flags: []string{"SYN"}, Seq: 1000},
		{On: []string{"SYN", "ACK"}, Flags: []string{"ACK"}, Seq: 1001, Ack: &one},
		{On: []string{"RST"}, Stop: true},
	}
	got, err := lab.ParseMoves([]byte("- {flags: [SYN], seq: 1000}\n- {on: [SYN, ACK], flags: [ACK], seq: 1001, ack: 1}\n- {on: [RST], stop: true}\n"))
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

func TestParseMovesRefuses(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"unknown flag", "- {flags: [SIN]}", `move 1: flag "SIN"`},
		{"unknown key", "- {flag: SYN}", "flag"},
		{"nothing to send", "- {seq: 3}", "move 1: a move has flags"},
		{"both", "- {flags: [SYN], stop: true}", "move 1: a move has flags"},
		{"after the end", "- {stop: true}\n- {flags: [SYN]}", "move 1: a move has flags; only the last"},
		{"no such number", "- {flags: [SYN], seq: 4294967296}", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if moves, err := lab.ParseMoves([]byte(tt.text)); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, %v, want … %s", moves, err, tt.want)
			}
		})
	}
}
