//go:build linux

package sandbox_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/sys/unix"

	"fivetuple/sandbox"
	"fivetuple/sandbox/check"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
)

// noCapture is a machine on which nobody may capture packets.
var noCapture = refusal{Call: unix.SYS_SOCKET, Value: unix.AF_PACKET, Errno: unix.EPERM}

// noUserNamespaces is a machine that refuses namespaces and nothing else.
var noUserNamespaces = noNamespaces[:1]

// onLo are machines on which lo is cut: packets are captured there, or derived.
var onLo = []struct {
	name     string
	refusals []refusal
}{{"captured", noUserNamespaces}, {"derived", append(slices.Clone(noUserNamespaces), noCapture)}}

// TestSharedCut: on the tier shared lo is cut, and what the lessons say of a
// cut wire is true there too, whether packets are captured or derived.
func TestSharedCut(t *testing.T) {
	for _, tt := range onLo {
		t.Run(tt.name, func(t *testing.T) {
			if !on(t, tt.refusals...) {
				return
			}
			l := loaded(t, "reliability/retransmission")
			all := run(t, l, nil)
			finished(t, all)
			if tt.name == "captured" && os.Getuid() == 0 { // what is derived is told a little late
				holds(t, l, all)
			}
			labelled(t, all)
			backsOff(t, all)
			fates := fatesOf(all, "client", "PSH", "ACK")
			if asked := fatesOf(all, "server", "SYN"); len(asked) > 0 {
				t.Errorf("the server's SYNs were %q, want none", asked)
			}
			if n := len(fates); n < 4 || fates[0] != "dropped" || fates[n-2] != "dropped again" || fates[n-1] != "delivered again" || printed(all, "server") != "17\n" {
				t.Errorf("the client's segments were %q, and the server printed %q", fates, printed(all, "server"))
			}
		})
	}
}

// holds says which of the lab's claims are not true of a run.
func holds(t *testing.T, l *lab.Lab, all []event.Event) {
	t.Helper()
	results, err := check.Run(t.Context(), l, all)
	if err != nil || len(results) == 0 {
		t.Errorf("%d checks: %v", len(results), err)
	}
	for _, r := range results {
		if r.Err != nil {
			t.Errorf("%s: %v", r.Claim, r.Err)
		}
	}
}

// labelled says whether a run says that its wire is none.
func labelled(t *testing.T, all []event.Event) {
	t.Helper()
	if !slices.ContainsFunc(all, func(e event.Event) bool { return e.Kind == event.KindNote && e.Text == "cut" }) {
		t.Error("the run does not say how its wire is cut")
	}
	for _, e := range all {
		if e.Wire != nil && !e.Derived {
			t.Errorf("the wire is not marked: %+v", e)
		}
	}
}

// backsOff says whether the kernel of the client tells of longer and longer
// waits.
func backsOff(t *testing.T, all []event.Event) {
	t.Helper()
	var backoff, retransmits int
	for _, e := range all {
		if e.Kind == event.KindInfo && e.Host == "client" {
			backoff, retransmits = max(backoff, e.Info.Backoff), max(retransmits, e.Info.Retransmits)
		}
	}
	if backoff < 2 || retransmits < 2 {
		t.Errorf("backoff %d, retransmits %d, want at least 2 of both", backoff, retransmits)
	}
}

// TestSharedCutSYN: a listener that is deaf is asked again.
func TestSharedCutSYN(t *testing.T) {
	for _, tt := range onLo {
		t.Run(tt.name, func(t *testing.T) {
			if !on(t, tt.refusals...) {
				return
			}
			l := loaded(t, "handshake/lost-syn")
			l.Wire = event.Wire{Mode: event.Flow, Cut: []string{"client"}}
			l.Timeline = []lab.WireStep{{At: 1500 * time.Millisecond, After: &lab.After{Program: "server", Call: "listen"}, WireChange: event.WireChange{Cut: &[]string{}}}}
			all := run(t, l, nil)
			finished(t, all)
			labelled(t, all)
			fates := fatesOf(all, "client", "SYN")
			if want := []string{"dropped", "dropped again", "delivered again"}; !slices.Equal(fates, want) {
				t.Errorf("the client's SYNs were %q, want %q", fates, want)
			}
			if text := printed(all, "client"); !strings.HasPrefix(text, "connected after ") {
				t.Errorf("the client printed %q", text)
			}
		})
	}
}

// fatesOf says what became of the packets of a host with these flags.
func fatesOf(all []event.Event, host string, flags ...string) (fates []string) {
	again := map[uint64]string{}
	for _, e := range all {
		if e.Kind != event.KindPacket || e.From != host || !slices.Equal(e.Summary.Flags, flags) {
			continue
		}
		if e.Phase != event.PhaseSent {
			fates = append(fates, string(e.Phase)+again[e.ID])
		} else if e.Again != 0 {
			again[e.ID] = " again"
		}
	}
	return fates
}

// TestSharedCutBoth: keepalive dies on a wire that is cut both ways; what was
// closed meanwhile arrives when it is mended.
func TestSharedCutBoth(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("capturing needs CAP_NET_RAW")
	}
	if !on(t, noUserNamespaces...) {
		return
	}
	l := loaded(t, "ending/dead-peer")
	l.Wire.Delay = 0
	all := run(t, l, nil)
	finished(t, all)
	holds(t, l, all)
}

// TestSharedCutByHand: a learner may cut the wire, and nothing else.
func TestSharedCutByHand(t *testing.T) {
	if !on(t, noUserNamespaces...) {
		return
	}
	l := loaded(t, "reliability/retransmission")
	all := run(t, l, func(s *sandbox.Sandbox, e event.Event) {
		if e.Kind == event.KindStart {
			for _, change := range []event.WireChange{{Cut: &[]string{"server"}}, {Cut: &[]string{"moon"}}, {Mode: event.Hold}, {Cut: &[]string{}}} {
				s.Command(event.Command{Verb: event.VerbWire, WireChange: change})
			}
		}
	})
	finished(t, all)
	var said []string
	for _, e := range all {
		if e.Kind == event.KindWire {
			said = append(said, e.Wire.Mode+" "+strings.Join(e.Wire.Cut, "+"))
		} else if e.Kind == event.KindNote {
			said = append(said, e.Text)
		}
	}
	if want := []string{"flow server", "no-such-host", "only-cut", "flow ", "flow client", "flow "}; !slices.Equal(said[max(0, len(said)-len(want)):], want) {
		t.Errorf("the run said %q, want %q at its end", said, want)
	}
}

// TestSharedCutUDP: datagrams are lost on a cut lo, too.
func TestSharedCutUDP(t *testing.T) {
	for _, tt := range onLo {
		t.Run(tt.name, func(t *testing.T) {
			if !on(t, tt.refusals...) {
				return
			}
			l := loaded(t, "udp/datagrams")
			l.Wire = event.Wire{Mode: event.Flow, Cut: []string{"client"}}
			all := run(t, l, func(s *sandbox.Sandbox, e event.Event) {
				if e.Kind == event.KindPacket && e.Reason == event.ReasonCut {
					s.Stop(event.EndStopped)
				}
			})
			ended(t, all, event.EndStopped)
			for _, e := range all {
				if e.Kind == event.KindCall && e.Program == "server" && e.Name == "recvfrom" && e.Phase == event.PhaseReturn && e.Errno == "" {
					t.Errorf("the server received %q", e.Args)
				}
			}
		})
	}
}

// TestSharedCutClosed: what was sent and closed on a cut wire arrives when it
// is mended, and is told, though its end has no counts then.
func TestSharedCutClosed(t *testing.T) {
	if !on(t, append(slices.Clone(noUserNamespaces), noCapture)...) {
		return
	}
	l, err := lab.Load(fstest.MapFS{
		"labs/early/lab.yaml": {Data: []byte(`title: {en: Early}
topology: wire
timeline:
  - {after: {program: client, call: connect}, cut: client}
  - {at: 1900ms, after: {program: client, call: connect}, cut: none}
programs:
  - {name: server, file: server.py}
  - {name: client, file: client.py, after: {program: server, call: listen}}
`)},
		"labs/early/server.py": {Data: loaded(t, "reliability/retransmission").Programs[0].Source},
		"labs/early/client.py": {Data: []byte("import socket, time\nc = socket.create_connection(('server', 8080))\ntime.sleep(0.3)\nc.send(b'and after it')\nc.close()\n")},
	}, "labs/early")
	if err != nil {
		t.Fatal(err)
	}
	all := run(t, l, nil)
	finished(t, all)
	for _, flags := range []string{"PSH", "FIN"} {
		fates := fatesOf(all, "client", flags, "ACK")
		if n := len(fates); n < 2 || fates[0] != "dropped" || fates[n-1] != "delivered again" {
			t.Errorf("the client's %s were %q, want them lost first", flags, fates)
		}
	}
	if text := printed(all, "server"); text != "12\n" {
		t.Errorf("the server printed %q, want 12", text)
	}
}
