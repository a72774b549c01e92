//go:build linux

package sandbox_test

import (
	"bytes"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fivetuple/lessons"
	"fivetuple/sandbox"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
)

// pausesOfEach is how many held packets of each lab are looked at, and timeOfEach
// how long it is waited for them: the shorter labs come to their end, and some
// would wait for what nobody types.
const (
	pausesOfEach = 10
	timeOfEach   = 5 * time.Second
)

// TestCourseAgreesWithSS puts the wire of every lab of the course that has TCP
// on hold. While a packet is held it runs ss inside each host, and compares
// every TCP socket that the kernel has there with what the view shows, which
// knows nothing but our events: state, queues and both addresses.
func TestCourseAgreesWithSS(t *testing.T) {
	for _, name := range []string{"nsenter", "ss", "node"} {
		tool(t, name)
	}
	labs := withTCP(t)
	seen := make(chan map[string]bool, len(labs))
	t.Run("labs", func(t *testing.T) { // returns when all of them are through
		for name, l := range labs {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				seen <- hold(t, l).look()
			})
		}
	})
	close(seen)
	all := map[string]bool{}
	for states := range seen {
		maps.Copy(all, states)
	}
	want := "tcp LISTEN,tcp SYN-SENT,tcp SYN-RECV,tcp ESTAB,tcp FIN-WAIT-1,tcp FIN-WAIT-2,tcp CLOSE-WAIT,tcp LAST-ACK,tcp TIME-WAIT,0.0.0.0:*,[::]:*"
	for what := range strings.SplitSeq(want, ",") {
		if !all[what] {
			t.Errorf("%s was not there at any pause of any lab: %q", what, slices.Sorted(maps.Keys(all)))
		}
	}
}

var (
	tcp    = regexp.MustCompile(`SOCK_STREAM|create_server|create_connection|socket\.socket\(\)`)
	family = regexp.MustCompile(`\bAF_INET\b`)
)

// withTCP are the labs with a wire whose programs use TCP, each once more over
// IPv6 when the programs say the family and leave the address to the name.
func withTCP(t *testing.T) map[string]*lab.Lab {
	t.Helper()
	course, err := lessons.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]*lab.Lab{}
	for _, l := range course.Labs() {
		if !l.Wired() || l.Hand != "" || !slices.ContainsFunc(l.Programs, func(p lab.Program) bool { return tcp.Match(p.Source) }) {
			continue
		}
		own := *l
		own.Start, own.Wire, own.Timeline = lab.Run, event.Wire{Mode: event.Hold}, nil
		all[l.Name] = &own
		if six, ok := overIPv6(own); ok {
			all[l.Name+" over IPv6"] = six
		}
	}
	return all
}

func overIPv6(l lab.Lab) (*lab.Lab, bool) {
	l.Programs = slices.Clone(l.Programs)
	for i, p := range l.Programs {
		if !family.Match(p.Source) || bytes.Contains(p.Source, []byte(`"10.0.0.`)) || bytes.Contains(p.Source, []byte("create_")) {
			return nil, false
		}
		l.Programs[i].Source = family.ReplaceAll(p.Source, []byte("AF_INET6"))
	}
	return &l, true
}

// hold starts a lab whose programs run, and whose packets wait for the test.
func hold(t *testing.T, l *lab.Lab) *paused {
	t.Helper()
	s, err := sandbox.Start(t.Context(), l)
	if err != nil {
		t.Fatal(err)
	}
	p := follow(t, s, l)
	for _, program := range l.Programs {
		for _, line := range program.Input {
			s.Command(event.Command{Verb: event.VerbInput, Program: program.Name, Text: line})
		}
		s.Command(event.Command{Verb: event.VerbEOF, Program: program.Name})
	}
	return p
}

// look compares at the first pauses of a run, and returns what was there.
//
// It need not wait for the programs: while the wire is on hold each comes to
// a call that blocks, and what it did before is told. What has been done and
// not yet told, or done since ss was asked, is why both are asked until they
// agree; a socket that goes on changing by itself is none that a packet would
// not have to come for.
func (p *paused) look() map[string]bool {
	v := newSSView(p.t)
	p.each = v.take
	p.open()
	n := 0
	for late := time.Now().Add(timeOfEach); n < pausesOfEach; n++ {
		p.until("a packet is held", func() bool { return len(p.held) > 0 || n > 0 && time.Now().After(late) })
		if p.ended || len(p.held) == 0 {
			break
		}
		p.sameTCP(v)
		p.last, p.obeyed = p.held[0], false
		p.held = p.held[1:]
		p.s.Command(event.Command{Verb: event.VerbDeliver, Packet: p.last.ID})
		p.until("it is delivered", func() bool { return p.obeyed })
	}
	if n == 0 {
		p.t.Error("no packet was held")
	}
	return v.seen
}

// sameTCP waits until ss and the view say the same of the TCP sockets of
// every host.
func (p *paused) sameTCP(v *ssView) {
	p.t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !p.ended; p.take(10 * time.Millisecond) {
		ours, theirs := map[string][]string{}, map[string][]string{}
		for host, lines := range v.says() {
			ours[host], theirs[host] = ofTCP(lines), ofTCP(p.ssLines(host))
		}
		diff := cmp.Diff(theirs, ours)
		if diff == "" {
			return
		}
		if time.Now().After(deadline) {
			p.t.Fatalf("while packet %d (%v) is held (-ss +view):\n%s", p.held[0].ID, p.held[0].Summary, diff)
		}
	}
}

// ofTCP are the lines of ss about TCP, without the spaces by which it makes
// columns of all lines.
func ofTCP(lines []string) (all []string) {
	for _, line := range lines {
		if f := strings.Fields(line); f[0] == "tcp" {
			all = append(all, strings.Join(f, " "))
		}
	}
	slices.Sort(all)
	return all
}
