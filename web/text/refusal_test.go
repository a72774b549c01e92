package text_test

import (
	"strings"
	"testing"

	"fivetuple/sandbox/event"
	"fivetuple/web/text"
)

func TestRefusal(t *testing.T) {
	tests := []struct {
		refused event.RefusalError
		en, ko  string
	}{
		{event.RefusalError{Why: event.WhyRange, Setting: "wire.delay", Value: "1m39s", Min: "0s", Max: "10s"},
			"The delay cannot be 1m39s. Choose from 0s to 10s.", "지연 시간에 쓸 수 없는 값입니다: 1m39s. 0s 이상 10s 이하로 정하십시오."},
		{event.RefusalError{Why: event.WhyZero, Setting: "wire.mtu", Value: "5 B", Min: "68 B", Max: "1500 B"},
			"The wire’s MTU cannot be 5 B. Choose from 68 B to 1500 B, or 0 for the default.", "회선의 MTU에 쓸 수 없는 값입니다: 5 B. 68 B 이상 1500 B 이하, 또는 기본값을 뜻하는 0으로 정하십시오."},
		{event.RefusalError{Why: event.WhyLong, Setting: "client.py", Value: "262145 B", Max: "262144 B"},
			"client.py is too long: 262145 B. At most 262144 B is allowed.", "client.py: 너무 깁니다(262145 B). 262144 B까지 쓸 수 있습니다."},
		{event.RefusalError{Why: event.WhyChoice, Setting: "wire.cut", Value: "{max}", Choices: []string{"client", "server"}},
			"The host to be cut off cannot be “{max}”. Choose one of: client, server.", "케이블을 끊을 호스트에 쓸 수 없는 값입니다: ‘{max}’. 다음 중에서 고르십시오: client, server."},
	}
	for _, tt := range tests {
		if got := text.English.Refusal(&tt.refused); got != tt.en {
			t.Errorf("got  %s\nwant %s", got, tt.en)
		}
		if got := text.Korean.Refusal(&tt.refused); got != tt.ko {
			t.Errorf("got  %s\nwant %s", got, tt.ko)
		}
	}
}

// settings are the names of all settings and fields that can be refused.
var settings = strings.Fields(`wire.mode wire.delay wire.jitter wire.loss wire.reorder wire.duplicate wire.corrupt wire.rate
	wire.queue wire.mtu wire.cut wire.cuts start program from to data checksum segment.proto segment.src segment.dst
	segment.flags segment.window segment.mss segment.payload until until.flags until.state until.host`)

// TestRefusalsOfAll: every way to be refused and every setting has words in
// each language, and those say all values.
func TestRefusalsOfAll(t *testing.T) {
	values := map[event.Why][]string{
		event.WhyRange: {"V", "MIN", "MAX"}, event.WhyZero: {"V", "MIN", "MAX", "0"}, event.WhyLong: {"V", "MAX"}, event.WhyChoice: {"V", "A, B"}, event.WhyOne: {"A, B"},
		event.WhyMissing: nil, event.WhyAddress: {"V"}, event.WhyNoTime: {"MIN", "MAX"},
		event.WhyNoWhole: nil, event.WhyNoNumber: nil, event.WhyNoText: nil, event.WhyNoNames: nil, event.WhyNoObject: nil,
	}
	said := map[string]string{}
	for _, l := range text.Langs() {
		for why, shown := range values {
			for _, setting := range settings {
				got := l.Refusal(&event.RefusalError{Why: why, Setting: setting, Value: "V", Min: "MIN", Max: "MAX", Choices: []string{"A", "B"}})
				for _, value := range shown {
					if !strings.Contains(got, value) {
						t.Errorf("%s, %s of %s: no %s in %q", l, why, setting, value, got)
					}
				}
				if before := said[got]; before != "" || len(got) < 10 || strings.HasPrefix(got, setting) || strings.Contains(got, "{") {
					t.Errorf("%s, %s of %s: %q, as of %q", l, why, setting, got, before)
				}
				said[got] = setting
			}
		}
		for _, why := range []event.Why{event.WhyFamilies, event.WhyBoth, event.WhyNoWire, event.WhyUnknown} {
			got := l.Refusal(&event.RefusalError{Why: why, Setting: "speed"})
			if said[got] != "" || len(got) < 10 {
				t.Errorf("%s, %s: %q", l, why, got)
			}
			said[got] = string(why)
		}
	}
}
