package event_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fivetuple/sandbox/event"
)

func TestParseCommand(t *testing.T) {
	delay, loss := 300*time.Millisecond, 0.1
	tests := []struct {
		name, text string
		want       event.Command
		wrong      string
	}{
		{"deliver", `{"command":"deliver","packet":3}`, event.Command{Verb: event.VerbDeliver, Packet: 3}, ""},
		{"deliver until", `{"command":"deliver","until":{"flags":["FIN"],"host":"server"}}`, event.Command{Verb: event.VerbDeliver, Until: &event.Until{Flags: []string{"FIN"}, Host: "server"}}, ""},
		{"wire", `{"command":"wire","mode":"hold","delay":300000000}`, event.Command{Verb: event.VerbWire, WireChange: event.WireChange{Mode: "hold", Delay: &delay}}, ""},
		{"loss", `{"command":"wire","loss":0.1}`, event.Command{Verb: event.VerbWire, WireChange: event.WireChange{Loss: &loss}}, ""},
		{"edit", `{"command":"edit","packet":2,"data":"AAAAAAAAAAAAAAAAAAAAAAAA","checksum":"leave"}`, event.Command{Verb: event.VerbEdit, Packet: 2, Data: make([]byte, 18), Checksum: "leave"}, ""},
		{"inject", `{"command":"inject","from":"client","to":"server","segment":{"src":"10.0.0.1:5","dst":"10.0.0.2:80","flags":["RST"],"seq":7}}`, event.Command{Verb: event.VerbInject, From: "client", To: "server", Segment: &event.Segment{Src: "10.0.0.1:5", Dst: "10.0.0.2:80", Flags: []string{"RST"}, Seq: 7}}, ""},
		{"input", `{"command":"input","program":"client","text":"한"}`, event.Command{Verb: event.VerbInput, Program: "client", Text: "한"}, ""},
		{"until what", `{"command":"deliver","until":{}}`, event.Command{}, "says no until"},
		{"until an unknown flag", `{"command":"deliver","until":{"flags":["SYN","FINE"]}}`, event.Command{}, `until flags "FINE" is none of SYN, FIN, RST`},
		{"until of a condition that is none", `{"command":"deliver","until":{"byte":7}}`, event.Command{}, "unknown field"},
		{"unknown verb", `{"command":"fly"}`, event.Command{}, "fly: unknown verb"},
		{"unknown field", `{"command":"step","x":1}`, event.Command{}, "unknown field"},
		{"two", `{"command":"step"}{"command":"step"}`, event.Command{}, "follows"},
		{"no JSON", `step`, event.Command{}, "invalid character"},
		{"input to nobody", `{"command":"input","text":"x"}`, event.Command{}, "says no program"},
		{"mode", `{"command":"wire","mode":"fast"}`, event.Command{}, `wire mode "fast" is none of flow, hold`},
		{"delay", `{"command":"wire","delay":-1}`, event.Command{}, "from 0s to 10s"},
		{"loss out of range", `{"command":"wire","loss":1.5}`, event.Command{}, "loss 1.5 is not from 0 to 1"},
		{"rate out of range", `{"command":"wire","rate":5}`, event.Command{}, "neither 0 nor from 1 kbit/s to 100 Gbit/s"},
		{"delay of a packet without one", `{"command":"delay","packet":1}`, event.Command{}, "says no wire delay"},
		{"frame too short", `{"command":"edit","packet":1,"data":"AAAA"}`, event.Command{}, "data 3 B is not from 14 B to 1514 B"},
		{"nobody sends", `{"command":"inject","data":"AAAA"}`, event.Command{}, "says no from"},
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
	f.Add([]byte(`{"command":"deliver","until":{"flags":["FIN"],"data":true,"host":"server"}}`))
	f.Add([]byte(`{"command":"deliver","until":{"state":"TIME_WAIT","held":true}}`))
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
