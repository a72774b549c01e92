package check_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fivetuple/sandbox/check"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
)

func number(n int64) *int64 { return &n }

// events is a small recording written by hand.
var events = []event.Event{
	{Seq: 1, Kind: event.KindStart},
	{Seq: 2, Kind: event.KindState, Host: "server", To: "LISTEN", Socket: &event.Socket{ID: 1, Proto: "tcp", Local: "10.0.0.2:8080"}},
	{Seq: 3, Kind: event.KindCall, Program: "client", Name: "connect", Phase: event.PhaseEnter},
	{Seq: 4, Kind: event.KindState, Host: "client", From: "CLOSE", To: "SYN_SENT", Socket: &event.Socket{ID: 2, Proto: "tcp", Remote: "10.0.0.2:8080"}},
	{Seq: 5, Kind: event.KindPacket, From: "client", To: "server", Phase: event.PhaseSent, Summary: &event.Summary{Proto: "TCP", Flags: []string{"SYN"}}, Data: []byte("frame")},
	{Seq: 6, Kind: event.KindState, Host: "server", To: "SYN_RECV", Socket: &event.Socket{ID: 3, Proto: "tcp", Remote: "10.0.0.1:41000"}},
	{Seq: 7, Kind: event.KindCall, Program: "client", Name: "connect", Phase: event.PhaseReturn, Result: number(0)},
	{Seq: 8, Kind: event.KindState, Host: "server", From: "SYN_RECV", Socket: &event.Socket{ID: 3, Proto: "tcp", Remote: "10.0.0.1:41000"}},
	{Seq: 9, Kind: event.KindInfo, Host: "client", Info: &event.TCPInfo{CWnd: 10}, Cause: &event.Cause{Seq: 7}},
	{Seq: 10, Kind: event.KindQueue, Host: "server", Recv: new(int)},
	{Seq: 11, Kind: event.KindWire, Wire: &event.Wire{Loss: 0.1}},
	{Seq: 12, Kind: event.KindPacket, Phase: event.PhaseDropped, Reason: event.ReasonLoss, Summary: &event.Summary{Proto: "TCP"}},
	{Seq: 13, Kind: event.KindCall, Program: "server", Name: "epoll_pwait", Phase: event.PhaseEnter},
}

func TestRun(t *testing.T) {
	tests := []struct{ name, body, err string }{
		{"calls", `if [c.seq for c in run.calls()] != [7]: fail("calls")`, ""},
		{"calls by phase", `if [c.seq for c in run.calls(program="client", name="connect", phase=None)] != [3, 7]: fail("calls")`, ""},
		{"a call by its twin's name", `if [c.name for c in run.calls(name="epoll_wait", phase=None)] != ["epoll_pwait"] or run.calls(name="epoll_pwait", phase=None) == []: fail("calls")`, ""},
		{"packets", `p = run.packets(flags=["SYN"], src_host="client")[0]
    if (p.src_host, p.dst_host, len(p.data), p.id) != ("client", "server", 5, None): fail(str(p))`, ""},
		{"states", `s = run.states(host="client", to="SYN_SENT")[0]
    if (s.old, s.new) != ("CLOSE", "SYN_SENT"): fail(str(s))`, ""},
		{"band", `if [run.state_at("server", n) for n in (2, 3, 7, 9)] != ["CLOSE", "LISTEN", "SYN_RECV", "LISTEN"]: fail("band")`, ""},
		{"events", `if len(run.events) != 13: fail("events")`, ""},
		{"infos", `i = run.infos(host="client")[0]
    if i.info.cwnd != 10 or run.event(i.cause).name != "connect": fail(str(i))`, ""},
		{"no such event", `if run.event(0) != None or run.event(99) != None: fail("there is one")`, ""},
		{"queues", `if [q.recv for q in run.queues(host="server")] != [0] or run.queues(host="client"): fail("queues")`, ""},
		{"fractions", `if run.events[10].wire.loss != 0.1: fail(str(run.events[10]))`, ""},
		{"reasons", `if [p.seq for p in run.packets(phase="dropped", reason="loss")] != [12] or run.packets(phase="dropped", reason="cut"): fail("reasons")`, ""},
		{"fails", `fail("not so")`, "labs/a/b/checks.star:3: fail: not so"},
		{"error", `x = run.events[99]`, "labs/a/b/checks.star:3: "},
		{"endless", `
    for i in range(1000000000): pass`, "too many steps"},
		{"changes the run", `run.events.append(1)`, "frozen"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l := &lab.Lab{Name: "a/b", Checks: "def check_it(run):\n    \"\"\"The claim.\"\"\"\n    " + tt.body + "\n"}
			results, err := check.Run(t.Context(), l, events)
			if err != nil || len(results) != 1 || results[0].Claim != "The claim." {
				t.Fatalf("%+v, %v", results, err)
			}
			got := results[0].Err
			if (got == nil) != (tt.err == "") || got != nil && !strings.Contains(got.Error(), tt.err) {
				t.Errorf("got %v, want %q", got, tt.err)
			}
		})
	}
}

func TestAnswer(t *testing.T) {
	tests := []struct {
		returns, want string
		ok, refused   bool
	}{
		{"run.state_at('client', 5)", "SYN_SENT", true, false},
		{"{h: run.state_at(h, 7) for h in ('client', 'server')}", "client=SYN_SENT,server=SYN_RECV", true, false},
		{"8080", "8080", true, false},
		{"1.5000004", "1.5", true, false},
		{"20.0", "20", true, false},
		{"['b', 'a']", "b,a", true, false},
		{"['b', None]", "", false, true},
		{"None", "", false, false},
		{"run", "", false, true},
		{"{'client': None}", "", false, true},
		{"run.events[99]", "", false, true},
	}
	for _, tt := range tests {
		t.Run(tt.returns, func(t *testing.T) {
			l := &lab.Lab{Name: "a/b", Checks: "def answer_in_flight(run):\n    return " + tt.returns + "\n"}
			key, ok, err := check.Answer(t.Context(), l, events, "in-flight")
			if key != tt.want || ok != tt.ok || (err != nil) != tt.refused {
				t.Errorf("%q, %t, %v", key, ok, err)
			}
			if err != nil && !strings.Contains(err.Error(), "labs/a/b/checks.star") {
				t.Errorf("the error does not say where: %v", err)
			}
		})
	}
	if _, _, err := check.Answer(t.Context(), &lab.Lab{Name: "a/b"}, events, "none"); !errors.Is(err, check.ErrNoFunction) {
		t.Errorf("none: %v", err)
	}
}

func TestBreak(t *testing.T) {
	l := &lab.Lab{Name: "a/b", Checks: "def break_it(run): pass\ndef break_other(run): fail('it did not')\n"}
	if err := check.Break(t.Context(), l, events, "it"); err != nil {
		t.Error(err)
	}
	if err := check.Break(t.Context(), l, events, "other"); err == nil || !strings.Contains(err.Error(), "labs/a/b/checks.star:2") {
		t.Errorf("other: %v", err)
	}
	if err := check.Break(t.Context(), l, events, "none"); !errors.Is(err, check.ErrNoFunction) {
		t.Errorf("none: %v", err)
	}
}

// TestGrade: a trial may fail with the key of a mistake, through functions
// that it calls, or without one.
func TestGrade(t *testing.T) {
	l := &lab.Lab{Name: "a/b", Checks: "def half(): mistake('half-line', 'it sent %d bytes' % 5)\n" +
		"def grade_passes(run): pass\ndef grade_knows(run): half()\ndef grade_fails(run): fail('not so')\ndef grade_misuses(run): mistake('key')\n"}
	tests := []struct{ trial, mistake, err string }{
		{"passes", "", ""},
		{"knows", "half-line", "labs/a/b/checks.star:1: mistake half-line: it sent 5 bytes"},
		{"fails", "", "labs/a/b/checks.star:4: fail: not so"},
		{"misuses", "", "labs/a/b/checks.star:5: mistake: missing argument for seen"},
	}
	for _, tt := range tests {
		t.Run(tt.trial, func(t *testing.T) {
			err := check.Grade(t.Context(), l, events, tt.trial)
			if got := check.MistakeOf(err); got != tt.mistake {
				t.Errorf("the mistake is %q, want %q", got, tt.mistake)
			}
			if got := fmt.Sprint(err); err != nil && got != tt.err || (err == nil) != (tt.err == "") {
				t.Errorf("got %v, want %s", err, tt.err)
			}
		})
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	l := &lab.Lab{Name: "a/b", Checks: "def check_it(run):\n    for i in range(1000000000): pass\n"}
	if results, err := check.Run(ctx, l, nil); err == nil && (len(results) != 1 || results[0].Err == nil) {
		t.Errorf("%+v, %v", results, err)
	}
}

func TestNames(t *testing.T) {
	l := &lab.Lab{Name: "a/b", Checks: "def check_b(run): pass\ndef check_a(run): pass\ndef answer_x(run): pass\n"}
	checks, answers, err := check.Names(l)
	if diff := cmp.Diff([][]string{{"check_a", "check_b"}, {"answer_x"}}, [][]string{checks, answers}); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	if _, _, err := check.Names(&lab.Lab{Name: "a/b", Checks: "x ="}); err == nil || !strings.Contains(err.Error(), "labs/a/b/checks.star:1") {
		t.Errorf("syntax error: %v", err)
	}
}
