package site_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/gorilla/websocket"

	"fivetuple/sandbox/event"
)

// TestStartSaysWhatIsRefused: in the reader's language, with what is allowed.
func TestStartSaysWhatIsRefused(t *testing.T) {
	server := serve(t, newScript())
	tests := []struct{ name, settings, en, ko string }{
		{"mode", `"wire":{"mode":"fast"}`, "The wire’s mode cannot be “fast”. Choose one of: flow, hold.", "회선의 방식에 쓸 수 없는 값입니다: ‘fast’. 다음 중에서 고르십시오: flow, hold."},
		{"delay", `"wire":{"delay":99000000000}`, "The delay cannot be 1m39s. Choose from 0s to 10s.", "지연 시간에 쓸 수 없는 값입니다: 1m39s. 0s 이상 10s 이하로 정하십시오."},
		{"jitter", `"wire":{"jitter":-1000000}`, "The jitter cannot be -1ms.", "지터에 쓸 수 없는 값입니다: -1ms."},
		{"loss", `"wire":{"loss":1.5}`, "The chance of loss cannot be 1.5. Choose from 0 to 1.", "손실 확률에 쓸 수 없는 값입니다: 1.5. 0 이상 1 이하로 정하십시오."},
		{"rate", `"wire":{"rate":1}`, "from 1 kbit/s to 100 Gbit/s", "1 kbit/s 이상 100 Gbit/s 이하"},
		{"queue", `"wire":{"queue":-1}`, "from 0 to 10000.", "0 이상 10000 이하"},
		{"mtu", `"wire":{"mtu":67}`, "from 68 B to 1500 B", "68 B 이상 1500 B 이하"},
		{"cut", `"wire":{"cut":["mars"]}`, "cannot be “mars”. Choose one of: client, server.", "‘mars’. 다음 중에서 고르십시오: client, server."},
		{"start", `"start":"fast"`, "The way to start cannot be “fast”. Choose one of: run, step.", "시작 방식에 쓸 수 없는 값입니다: ‘fast’."},
		{"program", `"programs":{"mars":""}`, "The program cannot be “mars”. Choose one of: client.", "프로그램에 쓸 수 없는 값입니다: ‘mars’."},
		{"source", `"programs":{"client":"` + strings.Repeat("#", 300<<10) + `"}`, "client.py is too long: 307200 B. At most 262144 B is allowed.", "client.py: 너무 깁니다(307200 B). 262144 B까지 쓸 수 있습니다."},
		{"a time that is none", `"wire":{"delay":"10s"}`, "The delay must be a whole number of nanoseconds, from 0 to 10000000000.", "지연 시간: 0 이상 10000000000 이하의 정수(나노초)로 쓰십시오."},
		{"a time too long for any clock", `"wire":{"jitter":1e30}`, "The jitter must be a whole number of nanoseconds", "지터: 0 이상"},
		{"a chance that is none", `"wire":{"loss":"little"}`, "The chance of loss must be a number.", "손실 확률: 수로 쓰십시오."},
		{"no whole number", `"wire":{"mtu":1.5}`, "The wire’s MTU must be a whole number.", "회선의 MTU: 정수로 쓰십시오."},
		{"no text", `"wire":{"mode":1}`, "The wire’s mode must be a text.", "회선의 방식: 문자열로 쓰십시오."},
		{"no list", `"wire":{"cut":"client"}`, "The host to be cut off must be a list of names.", "케이블을 끊을 호스트: 이름의 목록으로 쓰십시오."},
		{"no settings", `"wire":1`, "wire must be an object", "wire: 설정을 담은 객체로"},
		{"no such setting", `"wire":{"speed":1}`, "There is no setting “speed”.", "그런 설정은 없습니다: ‘speed’."},
	}
	for _, tt := range tests {
		for lang, want := range map[string]string{"en": tt.en, "ko": tt.ko} {
			t.Run(tt.name+" "+lang, func(t *testing.T) {
				status, answer := post(t, server.URL+"/api/sandboxes", `{"lab":"u/l","lang":"`+lang+`",`+tt.settings+`}`, "Accept-Language", lang)
				fault, _ := answer["error"].(map[string]any)
				message, _ := fault["message"].(string)
				if status != http.StatusBadRequest || fault["code"] != "bad-request" || !strings.Contains(message, want) || fault["detail"] != message {
					t.Errorf("%d %v\nwant %s", status, answer, want)
				}
			})
		}
	}
}

// TestRefusedCommand: what is out of range is for the run to refuse, whose
// events say why; the stream goes on.
func TestRefusedCommand(t *testing.T) {
	s := newScript()
	conn := dial(t, started(t, serve(t, s)))
	for _, message := range []string{`{"command":"wire","mtu":5}`, `{"command":"deliver"}`} {
		if err := conn.WriteMessage(websocket.TextMessage, []byte(message)); err != nil {
			t.Fatal(err)
		}
	}
	mtu := 5
	want := []event.Command{{Verb: event.VerbWire, WireChange: event.WireChange{MTU: &mtu}}, {Verb: event.VerbDeliver}}
	if diff := cmp.Diff(want, []event.Command{<-s.commands, <-s.commands}); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
