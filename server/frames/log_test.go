package frames

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestLogKeepsOpens: who begins late is told the opening of each connection
// whose end is told or yet to come, however much was told since.
func TestLogKeepsOpens(t *testing.T) {
	var l Log
	frames := func(conn int) {
		for range kept {
			l.add(Report{Conn: conn, From: Browser, Frame: &Frame{}})
		}
	}
	tests := []struct {
		name string
		then func()
		want []int // the connections of each Open that is told
	}{
		{"one", func() { l.add(Report{Conn: 1, Open: &Open{}}) }, []int{1}},
		{"long ago", func() { frames(1) }, []int{1}},
		{"another while it is open", func() { l.add(Report{Conn: 2, Open: &Open{}}); frames(2) }, []int{1, 2}},
		{"closed", func() { l.add(Report{Conn: 1, Closed: true}) }, []int{1, 2}},
		{"closed long ago", func() { frames(2) }, []int{2}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.then()
			var got []int
			all, next, _ := l.Next(0)
			for _, r := range all {
				if r.Open != nil {
					got = append(got, r.Conn)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" || all[0].Open == nil {
				t.Errorf("it begins with %+v (-want +got):\n%s", all[0], diff)
			}
			if again, _, _ := l.Next(next); len(again) > 0 {
				t.Errorf("%d reports are told again", len(again))
			}
		})
	}
}
