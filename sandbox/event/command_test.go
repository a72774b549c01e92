package event_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fivetuple/sandbox/event"
)

func TestParseCommand(t *testing.T) {
	delay := int64(300_000_000)
	tests := []struct {
		name, text string
		want       event.Command
		wrong      string
	}{
		{"deliver", `{"command":"deliver","packet":3}`, event.Command{Verb: event.VerbDeliver, Packet: 3}, ""},
		{"wire", `{"command":"wire","mode":"hold","delay":300000000}`, event.Command{Verb: event.VerbWire, Mode: "hold", Delay: &delay}, ""},
		{"input", `{"command":"input","program":"client","text":"한"}`, event.Command{Verb: event.VerbInput, Program: "client", Text: "한"}, ""},
		{"unknown verb", `{"command":"fly"}`, event.Command{}, `unknown verb "fly"`},
		{"unknown field", `{"command":"step","x":1}`, event.Command{}, "unknown field"},
		{"two", `{"command":"step"}{"command":"step"}`, event.Command{}, "follows"},
		{"no JSON", `step`, event.Command{}, "invalid character"},
		{"input to nobody", `{"command":"input","text":"x"}`, event.Command{}, "names no program"},
		{"mode", `{"command":"wire","mode":"fast"}`, event.Command{}, "neither flow nor hold"},
		{"delay", `{"command":"wire","delay":-1}`, event.Command{}, "from 0 to 10s"},
		{"long", `{"command":"input","program":"c","text":"` + strings.Repeat("x", event.MaxCommand) + `"}`, event.Command{}, "longer than"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := event.ParseCommand([]byte(tt.text))
			if tt.wrong != "" {
				if !errors.Is(err, event.ErrCommand) || !strings.Contains(err.Error(), tt.wrong) {
					t.Errorf("got %v, want … %s", err, tt.wrong)
				}
				return
			}
			if diff := cmp.Diff(tt.want, got); diff != "" || err != nil {
				t.Errorf("%v (-want +got):\n%s", err, diff)
			}
		})
	}
}

func FuzzParseCommand(f *testing.F) {
	f.Add([]byte(`{"command":"wire","mode":"hold","delay":300000000}`))
	f.Add([]byte(`{"command":"input","program":"client","text":"x"}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		c, err := event.ParseCommand(b)
		if err == nil && c.Validate() != nil {
			t.Errorf("%q was taken although it is not valid", b)
		}
	})
}

func TestCause(t *testing.T) {
	for _, want := range []event.Cause{{Seq: 7}, {End: event.EndFinished}} {
		b, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var got event.Cause
		if err := json.Unmarshal(b, &got); err != nil || got != want {
			t.Errorf("%s became %+v, %v", b, got, err)
		}
	}
}
