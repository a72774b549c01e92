package event_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fivetuple/sandbox/event"
)

// TestRefusals gives each setting and each field of a command a value that
// it cannot have, below and above what it may.
func TestRefusals(t *testing.T) {
	segment := func(fields string) string {
		return `{"command":"inject","from":"client","to":"server","segment":{` + fields + `}}`
	}
	tests := []struct {
		command string
		want    event.RefusalError
	}{
		{`{"command":"wire","mode":"fast"}`, event.RefusalError{Why: "choice", Setting: "wire.mode", Value: "fast", Choices: []string{"flow", "hold"}}},
		{`{"command":"wire","delay":-1}`, event.RefusalError{Why: "range", Setting: "wire.delay", Value: "-1ns", Min: "0s", Max: "10s"}},
		{`{"command":"wire","delay":10000000001}`, event.RefusalError{Why: "range", Setting: "wire.delay", Value: "10.000000001s", Min: "0s", Max: "10s"}},
		{`{"command":"wire","jitter":-1}`, event.RefusalError{Why: "range", Setting: "wire.jitter", Value: "-1ns", Min: "0s", Max: "10s"}},
		{`{"command":"wire","jitter":11000000000}`, event.RefusalError{Why: "range", Setting: "wire.jitter", Value: "11s", Min: "0s", Max: "10s"}},
		{`{"command":"wire","loss":-0.1}`, event.RefusalError{Why: "range", Setting: "wire.loss", Value: "-0.1", Min: "0", Max: "1"}},
		{`{"command":"wire","loss":1.5}`, event.RefusalError{Why: "range", Setting: "wire.loss", Value: "1.5", Min: "0", Max: "1"}},
		{`{"command":"wire","reorder":2}`, event.RefusalError{Why: "range", Setting: "wire.reorder", Value: "2", Min: "0", Max: "1"}},
		{`{"command":"wire","duplicate":2}`, event.RefusalError{Why: "range", Setting: "wire.duplicate", Value: "2", Min: "0", Max: "1"}},
		{`{"command":"wire","corrupt":2}`, event.RefusalError{Why: "range", Setting: "wire.corrupt", Value: "2", Min: "0", Max: "1"}},
		{`{"command":"wire","rate":999}`, event.RefusalError{Why: "zero", Setting: "wire.rate", Value: "999 bit/s", Min: "1 kbit/s", Max: "100 Gbit/s"}},
		{`{"command":"wire","rate":101000000000}`, event.RefusalError{Why: "zero", Setting: "wire.rate", Value: "101 Gbit/s", Min: "1 kbit/s", Max: "100 Gbit/s"}},
		{`{"command":"wire","queue":-1}`, event.RefusalError{Why: "range", Setting: "wire.queue", Value: "-1", Min: "0", Max: "10000"}},
		{`{"command":"wire","queue":10001}`, event.RefusalError{Why: "range", Setting: "wire.queue", Value: "10001", Min: "0", Max: "10000"}},
		{`{"command":"wire","mtu":67}`, event.RefusalError{Why: "zero", Setting: "wire.mtu", Value: "67 B", Min: "68 B", Max: "1500 B"}},
		{`{"command":"wire","mtu":1501}`, event.RefusalError{Why: "zero", Setting: "wire.mtu", Value: "1501 B", Min: "68 B", Max: "1500 B"}},
		{`{"command":"wire","cut":["a","a","a","a","a","a","a","a","a"]}`, event.RefusalError{Why: "long", Setting: "wire.cuts", Value: "9", Max: "8"}},
		{`{"command":"delay","packet":1}`, event.RefusalError{Why: "missing", Setting: "wire.delay"}},
		{`{"command":"delay","packet":1,"delay":11000000000}`, event.RefusalError{Why: "range", Setting: "wire.delay", Value: "11s", Min: "0s", Max: "10s"}},
		{`{"command":"deliver","until":{}}`, event.RefusalError{Why: "missing", Setting: "until"}},
		{`{"command":"deliver","packet":3,"until":{"data":true}}`, event.RefusalError{Why: "one", Setting: "until", Choices: []string{"packet", "until"}}},
		{`{"command":"deliver","until":{"held":true,"host":"server"}}`, event.RefusalError{Why: "one", Setting: "until", Choices: []string{"held", "state + host", "flags + data + again + host"}}},
		{`{"command":"deliver","until":{"state":"CLOSE","again":true}}`, event.RefusalError{Why: "one", Setting: "until", Choices: []string{"state + host", "flags + data + again + host"}}},
		{`{"command":"deliver","until":{"flags":["SYN","fin"]}}`, event.RefusalError{Why: "choice", Setting: "until.flags", Value: "fin", Choices: []string{"SYN", "FIN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"}}},
		{`{"command":"deliver","until":{"state":"OPEN"}}`, event.RefusalError{Why: "choice", Setting: "until.state", Value: "OPEN", Choices: []string{"LISTEN", "SYN_SENT", "SYN_RECV", "ESTABLISHED", "FIN_WAIT1", "FIN_WAIT2", "CLOSING", "TIME_WAIT", "CLOSE_WAIT", "LAST_ACK", "CLOSE"}}},
		{`{"command":"input","text":"x"}`, event.RefusalError{Why: "missing", Setting: "program"}},
		{`{"command":"eof"}`, event.RefusalError{Why: "missing", Setting: "program"}},
		{`{"command":"edit","packet":1,"data":"AAAA"}`, event.RefusalError{Why: "range", Setting: "data", Value: "3 B", Min: "14 B", Max: "1514 B"}},
		{`{"command":"edit","packet":1,"checksum":"guess"}`, event.RefusalError{Why: "choice", Setting: "checksum", Value: "guess", Choices: []string{"mend", "leave"}}},
		{`{"command":"inject","to":"server"}`, event.RefusalError{Why: "missing", Setting: "from"}},
		{`{"command":"inject","from":"client"}`, event.RefusalError{Why: "missing", Setting: "to"}},
		{`{"command":"inject","from":"client","to":"server","data":"AAAA","segment":{}}`, event.RefusalError{Why: "both", Setting: "data"}},
		{segment(`"payload":"` + strings.Repeat("x", 1401) + `"`), event.RefusalError{Why: "long", Setting: "segment.payload", Value: "1401 B", Max: "1400 B"}},
		{`{"command":"wire","mode":"` + strings.Repeat("한", 99) + `"}`, event.RefusalError{Why: "choice", Setting: "wire.mode", Value: strings.Repeat("한", 40) + "…", Choices: []string{"flow", "hold"}}},
	}
	for _, tt := range tests {
		t.Run(tt.want.Setting+" "+tt.want.Value+strings.Join(tt.want.Choices, " "), func(t *testing.T) {
			_, err := event.ParseCommand([]byte(tt.command))
			var got *event.RefusalError
			if !errors.As(err, &got) || !errors.Is(err, event.ErrCommand) {
				t.Fatalf("%s: %v", tt.command, err)
			}
			if diff := cmp.Diff(tt.want, *got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
