package web

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"fivetuple/sandbox/event"
	"fivetuple/web/text"
)

func TestSentences(t *testing.T) {
	minus, fd, zero := int64(-1), int64(4), 0
	address := `{sa_family=AF_INET, sin_port=htons(8080), sin_addr=inet_addr("10.0.0.2")}`
	syn := &event.Summary{Proto: "TCP", Src: "10.0.0.1:4", Dst: "10.0.0.2:8080", Flags: []string{"SYN"}}
	socket := &event.Socket{Proto: "tcp", Local: "10.0.0.1:4", Remote: "10.0.0.2:8080"}
	tests := []struct {
		name   string
		e      event.Event
		en, ko string
	}{
		{"start", event.Event{Kind: event.KindStart}, "The hosts are ready; the programs start.", "호스트가 준비되어 프로그램이 시작됩니다."},
		{"an error", event.Event{Kind: event.KindCall, Program: "client", Name: "connect", Args: []string{"3", address, "16"}, Phase: event.PhaseReturn, Result: &minus, Errno: "ECONNREFUSED"},
			"client: connect(3, 10.0.0.2:8080) fails with ECONNREFUSED.", "client: connect(3, 10.0.0.2:8080) 호출이 ECONNREFUSED 오류로 실패합니다."},
		{"a call that sleeps", event.Event{Kind: event.KindCall, Call: 7, Program: "server", Name: "accept4", Args: []string{"3", "0x1"}, Phase: event.PhaseBlocked, Wchan: "inet_csk_accept"},
			"server is blocked in accept4(3, 0x1): it sleeps in the kernel’s inet_csk_accept.", "server: accept4(3, 0x1) 안에서 블로킹되어 커널의 inet_csk_accept에서 잠들어 있습니다."},
		{"and returns", event.Event{Kind: event.KindCall, Call: 7, Program: "server", Name: "accept4", Args: []string{"3"}, Phase: event.PhaseReturn, Result: &fd, Duration: 2_500_000},
			"server: accept4(3) returns after 2.5ms: = 4.", "server: accept4(3) 호출이 2.5ms 만에 반환됩니다: = 4"},
		{"a call of no interest", event.Event{Kind: event.KindCall, Name: "fcntl", Phase: event.PhaseReturn, Result: &fd}, "", ""},
		{"a packet", event.Event{Kind: event.KindPacket, From: "client", To: "server", Phase: event.PhaseSent, Summary: syn}, "client sends SYN to server.", "client → server: SYN 패킷을 보냅니다."},
		{"again", event.Event{Kind: event.KindPacket, From: "client", To: "server", Phase: event.PhaseSent, Again: 1, Summary: syn}, "client sends SYN to server again.", "client → server: SYN 패킷을 다시 보냅니다."},
		{"lost", event.Event{Kind: event.KindPacket, From: "client", To: "server", Phase: event.PhaseDropped, Reason: event.ReasonCut, Summary: &event.Summary{Proto: "UDP", Len: 5}},
			"a UDP datagram of 5 B from client never arrives: " + text.English.Stage()["reason-cut"] + ".", "client → server: UDP 데이터그램(5 B) 패킷이 도착하지 못합니다. " + text.Korean.Stage()["reason-cut"] + "."},
		{"a state", event.Event{Kind: event.KindState, Host: "client", Socket: socket, From: "SYN_SENT", To: "CLOSE"},
			"client: the state of its socket changes, SYN_SENT → CLOSED.", "client: 소켓의 상태가 바뀝니다. SYN_SENT → CLOSED"},
		{"a new name of a socket", event.Event{Kind: event.KindState, Socket: socket, From: "LISTEN", To: "LISTEN"}, "", ""},
		{"an exit", event.Event{Kind: event.KindExit, Program: "client", Code: &zero}, "client exited with status 0.", "client: 끝남(종료 상태 0)."},
		{"the end", event.Event{Kind: event.KindEnd, Cause: &event.Cause{End: event.EndStopped}}, "The run is over: you stopped it.", "실행이 끝났습니다. 여러분이 중지했습니다."},
	}
	english := &teller{text.English.Stage(), map[uint64]bool{}}
	korean := &teller{text.Korean.Stage(), map[uint64]bool{}}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff([]string{tt.en, tt.ko}, []string{english.sentence(&tt.e), korean.sentence(&tt.e)}); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
