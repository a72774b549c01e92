package strace_test

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/recording/strace"
)

// made makes events of calls.
type made struct {
	all []event.Event
	at  int64
}

func (m *made) add(e event.Event) {
	m.at += 1_500_000
	e.Seq, e.T = uint64(len(m.all)+1), m.at
	m.all = append(m.all, e)
}

func (m *made) enter(pid int, call uint64, name string, args ...string) {
	m.add(event.Event{Kind: event.KindCall, Phase: event.PhaseEnter, Program: program(pid), PID: pid, Call: call, Name: name, Args: args})
}

func (m *made) returned(pid int, call uint64, result int64, errno, text, name string, args ...string) {
	m.add(event.Event{Kind: event.KindCall, Phase: event.PhaseReturn, Program: program(pid), PID: pid, Call: call, Name: name, Args: args, Result: &result, Errno: errno, Text: text, Duration: 1_002_003_999})
}

func program(pid int) string { return map[int]string{7: "server", 12345: "client"}[pid] }

// run is a made-up run; what strace prints of it was compared with the
// output of strace 6.1, column by column.
func run() []event.Event {
	var m made
	code := 3
	m.enter(7, 1, "listen", "3", "128")
	m.returned(7, 1, 0, "", "", "listen", "3", "128")
	m.enter(7, 2, "accept4", "3", "0x7ffe", "[16]", "SOCK_CLOEXEC")
	m.add(event.Event{Kind: event.KindCall, Phase: event.PhaseBlocked, Program: "server", PID: 7, Call: 2, Name: "accept4", Wchan: "inet_csk_accept"})
	m.enter(12345, 3, "poll", "[{fd=3, events=POLLIN}]", "1", "100")
	m.add(event.Event{Kind: event.KindPacket, Phase: "folded"})
	m.returned(12345, 3, 0, "", "(Timeout)", "poll", "[{fd=3, events=POLLIN}]", "1", "100")
	m.enter(12345, 4, "bless", "3", "0x1", "5")
	m.returned(7, 2, -1, "ERESTARTSYS", "", "accept4", "3", "0x7ffe", "[16]", "SOCK_CLOEXEC")
	m.returned(12345, 4, 9, "", "", "bless", "3", "{ok}", "5")
	m.returned(7, 99, -1, "EAGAIN", "", "recvfrom", "3", "0x1", "5", "0", "NULL", "NULL")
	m.enter(12345, 5, "connect", "3", "{sa_family=AF_UNIX}", "2")
	m.add(event.Event{Kind: event.KindExit, Program: "server", PID: 7, Code: &code})
	m.enter(7, 6, "pipe2", "0x1", "0")
	m.add(event.Event{Kind: event.KindExit, Program: "client", PID: 12345, Signal: "SIGKILL"})
	m.add(event.Event{Kind: event.KindExit, Program: "client", PID: 12345})
	m.enter(7, 7, "recvfrom", "3", "0x1", "5", "0", "NULL", "NULL")
	return m.all
}

func TestForm(t *testing.T) {
	tests := []struct{ name, program, want string }{
		{"both", "", `7     00:00:00.001500 listen(3, 128)    = 0 <1.002003>
7     00:00:00.004500 accept4(3,  <unfinished ...>
12345 00:00:00.007500 poll([{fd=3, events=POLLIN}], 1, 100) = 0 (Timeout) <1.002003>
12345 00:00:00.012000 bless(3,  <unfinished ...>
7     00:00:00.013500 <... accept4 resumed>0x7ffe, [16], SOCK_CLOEXEC) = ? ERESTARTSYS (To be restarted if SA_RESTART is set) <1.002003>
12345 00:00:00.015000 <... bless resumed>{ok}, 5) = 9 <1.002003>
7     00:00:00.016500 recvfrom(3, 0x1, 5, 0, NULL, NULL) = -1 EAGAIN (Resource temporarily unavailable) <1.002003>
12345 00:00:00.018000 connect(3, {sa_family=AF_UNIX}, 2 <unfinished ...>
7     00:00:00.019500 +++ exited with 3 +++
7     00:00:00.021000 pipe2( <unfinished ...>
12345 00:00:00.022500 +++ killed by SIGKILL +++
7     00:00:00.025500 recvfrom(3,  <unfinished ...>
`},
		{"one", "client", `12345 00:00:00.007500 poll([{fd=3, events=POLLIN}], 1, 100) = 0 (Timeout) <1.002003>
12345 00:00:00.012000 bless(3, {ok}, 5) = 9 <1.002003>
12345 00:00:00.018000 connect(3, {sa_family=AF_UNIX}, 2 <unfinished ...>
12345 00:00:00.022500 +++ killed by SIGKILL +++
`},
		{"nobody", "router", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var b bytes.Buffer
			if err := strace.Write(&b, run(), tt.program); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, b.String()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
