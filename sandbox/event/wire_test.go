package event_test

import (
	"testing"
	"time"

	"fivetuple/sandbox/event"
)

func TestWireEqual(t *testing.T) {
	wire := event.Wire{Mode: event.Flow, Delay: time.Millisecond, Cut: []string{"client"}}
	uncut, lossy, other := wire, wire, wire
	uncut.Cut, lossy.Loss, other.Cut = nil, 0.2, []string{"server"}
	tests := []struct {
		name string
		v, w event.Wire
		want bool
	}{
		{"same", wire, event.Wire{Mode: event.Flow, Delay: time.Millisecond, Cut: []string{"client"}}, true},
		{"no cut, in two ways", event.Wire{Cut: []string{}}, event.Wire{}, true},
		{"one is cut", wire, uncut, false},
		{"another host is cut", wire, other, false},
		{"one loses packets", wire, lossy, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if tt.v.Equal(tt.w) != tt.want || tt.w.Equal(tt.v) != tt.want {
				t.Errorf("want %t", tt.want)
			}
		})
	}
}
