//go:build linux

package sandbox_test

import (
	"context"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fivetuple/sandbox"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
)

func TestMain(m *testing.M) {
	sandbox.Main()
	refuse()
	m.Run()
}

const serverPy = `import socket
s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(("", 8080))
s.listen(1)
c, a = s.accept()
data = c.recv(1024)
c.sendall(data.upper())
print("served", a)
c.close()
s.close()
`

const clientPy = `import socket
c = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
c.connect(("server", 8080))
c.sendall(b"hello")
print(c.recv(1024))
c.close()
`

func echo(topology lab.Topology) *lab.Lab {
	l := &lab.Lab{Name: "echo", Topology: topology, Start: lab.Run, Wire: event.Wire{Mode: event.Flow}, Programs: []lab.Program{
		{Name: "server", Host: "server", File: "server.py", Source: []byte(serverPy)},
		{Name: "client", Host: "client", File: "client.py", Source: []byte(clientPy), After: &lab.After{Program: "server", Call: "listen"}},
	}}
	return l
}

// run runs l to its end and returns its events; each is called for every
// one as it comes.
func run(t testing.TB, l *lab.Lab, each func(*sandbox.Sandbox, event.Event)) []event.Event {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience(t))
	defer cancel()
	s, err := sandbox.Start(ctx, l)
	if err != nil {
		t.Fatal(err)
	}
	var all []event.Event
	t.Cleanup(func() { tell(t, all) })
	for b := range s.Events() {
		e := decode(t, b)
		all = append(all, e)
		if each != nil {
			each(s, e)
		}
	}
	return all
}

// patience is how long a run may take. An emulated machine, which .ci/arm64
// starts, has more of it.
func patience(t testing.TB) time.Duration {
	t.Helper()
	said := os.Getenv("FIVETUPLE_TEST_PATIENCE")
	if said == "" {
		return 30 * time.Second
	}
	patience, err := time.ParseDuration(said)
	if err != nil {
		t.Fatal(err)
	}
	return patience
}

// hand delivers each held packet, the drops'th first ones it drops.
func hand(drops int) func(*sandbox.Sandbox, event.Event) {
	return func(s *sandbox.Sandbox, e event.Event) {
		if e.Kind != event.KindPacket || e.Phase != event.PhaseHeld {
			return
		}
		verb := event.VerbDeliver
		if drops > 0 {
			verb = event.VerbDrop
			drops--
		}
		s.Command(event.Command{Verb: verb, Packet: e.ID})
	}
}

func finished(t testing.TB, all []event.Event) {
	t.Helper()
	ended(t, all, event.EndFinished)
}

func ended(t testing.TB, all []event.Event, want event.End) {
	t.Helper()
	var at int64
	for i, e := range all {
		if e.Seq != uint64(i+1) {
			t.Fatalf("event %d has seq %d", i+1, e.Seq)
		}
		if e.T < at {
			t.Fatalf("event %d is at %d, the one before it at %d", e.Seq, e.T, at)
		}
		at = e.T
	}
	if last := all[len(all)-1]; last.Kind != event.KindEnd || last.Cause == nil || last.Cause.End != want {
		t.Errorf("last event is %+v, want end with cause %s", last, want)
	}
}

// tell prints the run of a test that failed.
func tell(t testing.TB, all []event.Event) {
	for _, e := range all {
		if !t.Failed() {
			return
		}
		b, _ := json.Marshal(e)
		t.Logf("%.300s", b)
	}
}

func printed(all []event.Event, program string) string {
	var text string
	for _, e := range all {
		if e.Kind == event.KindPrint && e.Program == program {
			text += e.Text
		}
	}
	return text
}

func exit(t testing.TB, all []event.Event, program string) event.Event {
	t.Helper()
	for _, e := range all {
		if e.Kind == event.KindExit && e.Program == program {
			return e
		}
	}
	t.Fatalf("%s did not exit", program)
	return event.Event{}
}

func decode(t testing.TB, b []byte) (e event.Event) {
	t.Helper()
	if err := json.Unmarshal(b, &e); err != nil {
		t.Fatalf("%s: %v", b, err)
	}
	return e
}

func TestEcho(t *testing.T) {
	for _, topology := range []lab.Topology{lab.Wire, lab.Loopback} {
		t.Run(string(topology), func(t *testing.T) {
			all := run(t, echo(topology), nil)
			finished(t, all)
			if got := printed(all, "client"); got != "b'HELLO'\n" {
				t.Errorf("client printed %q", got)
			}
			for _, e := range all {
				if e.Kind == event.KindCall && e.Phase == event.PhaseReturn && strings.HasPrefix(e.Name, "accept") {
					if *e.FD != 3 || *e.Result != 4 || e.Line != 6 {
						t.Errorf("accept on %d gave %d at line %d, want 3, 4, 6", *e.FD, *e.Result, e.Line)
					}
				}
				if e.Kind == event.KindPacket && (e.From == "" || e.To == "" || e.From == e.To) {
					t.Errorf("packet from %q to %q", e.From, e.To)
				}
			}
		})
	}
}

// states is the state of each end's connection after each packet event.
type states struct{ client, server string }

func (s *states) take(e event.Event) {
	if e.Kind != event.KindState {
		return
	}
	if e.Host == "client" && e.Socket.Remote != "" {
		s.client = e.To
	}
	if e.Host == "server" && (e.Socket.Remote != "" || e.To == "LISTEN") {
		s.server = e.To
	}
}

func TestHandshakeOnHold(t *testing.T) {
	l := echo(lab.Wire)
	l.Wire.Mode = "hold"
	var now states
	var seen []string
	deliver := hand(0)
	all := run(t, l, func(s *sandbox.Sandbox, e event.Event) {
		now.take(e)
		if e.Kind == event.KindPacket && e.Phase == event.PhaseHeld && len(seen) < 3 {
			seen = append(seen, strings.Join(e.Summary.Flags, "+")+" client "+now.client+" server "+now.server)
		}
		deliver(s, e)
	})
	finished(t, all)
	want := []string{
		"SYN client SYN_SENT server LISTEN",
		"SYN+ACK client SYN_SENT server SYN_RECV",
		"ACK client ESTABLISHED server SYN_RECV",
	}
	if diff := cmp.Diff(want, seen); diff != "" {
		t.Errorf("while each of the first packets is held (-want +got):\n%s", diff)
	}
	if now.client == "SYN_SENT" || now.server == "SYN_RECV" {
		t.Errorf("at the end: %+v", now)
	}
}

func TestDroppedSYNIsRetransmitted(t *testing.T) {
	l := echo(lab.Wire)
	l.Wire.Mode = "hold"
	all := run(t, l, hand(1))
	finished(t, all)
	var sent []int64
	for _, e := range all {
		if e.Kind == event.KindPacket && e.Phase == event.PhaseSent && len(e.Summary.Flags) == 1 && e.Summary.Flags[0] == "SYN" {
			sent = append(sent, e.T)
		}
	}
	if len(sent) < 2 {
		t.Fatalf("%d SYNs, want at least 2", len(sent))
	}
	if gap := time.Duration(sent[1] - sent[0]); gap < 900*time.Millisecond || gap > 3*time.Second {
		t.Errorf("second SYN after %v, want about a second", gap)
	}
}

func TestDelay(t *testing.T) {
	l := echo(lab.Wire)
	l.Wire.Delay = 30 * time.Millisecond
	all := run(t, l, nil)
	finished(t, all)
	sent := map[uint64]int64{}
	for _, e := range all {
		switch {
		case e.Kind == event.KindPacket && e.Phase == event.PhaseSent:
			sent[e.ID] = e.T
		case e.Kind == event.KindPacket && e.Phase == event.PhaseDelivered:
			if took := time.Duration(e.T - sent[e.ID]); took < l.Wire.Delay {
				t.Errorf("packet %d took %v", e.ID, took)
			}
		}
	}
}

func TestStepping(t *testing.T) {
	l := echo(lab.Wire)
	l.Start = lab.Step
	var order []string
	all := run(t, l, func(s *sandbox.Sandbox, e event.Event) {
		if e.Kind == event.KindCall && e.Phase == event.PhaseHeld {
			order = append(order, "held "+e.Program+" "+e.Name)
			// The client waits until the server is blocked in accept.
			if e.Program == "server" {
				s.Command(event.Command{Verb: event.VerbStep, Program: "server"})
			}
		}
		if e.Kind == event.KindCall && e.Phase == event.PhaseBlocked && e.Program == "server" {
			if e.Wchan == "" {
				t.Error("no kernel function for the blocked accept")
			}
			s.Command(event.Command{Verb: event.VerbRun})
		}
	})
	finished(t, all)
	var servers []string
	for _, o := range order {
		if strings.HasPrefix(o, "held server") {
			servers = append(servers, o)
		}
	}
	want := []string{"held server socket", "held server setsockopt", "held server bind", "held server listen", "held server accept4"}
	if diff := cmp.Diff(want, servers[:min(len(servers), len(want))]); diff != "" {
		t.Errorf("the server was held (-want +got):\n%s", diff)
	}
}

func TestCommandsThatCannotBeObeyed(t *testing.T) {
	l := echo(lab.Loopback)
	l.Programs[0].Source = []byte("input()\n")
	l.Programs = l.Programs[:1]
	var notes []string
	all := run(t, l, func(s *sandbox.Sandbox, e event.Event) {
		switch e.Kind {
		case event.KindStart:
			s.Command(event.Command{Verb: event.VerbDeliver, Packet: 7})
			s.Command(event.Command{Verb: event.VerbInput, Program: "nobody", Text: "x"})
		case event.KindNote:
			notes = append(notes, e.Text)
			if len(notes) == 2 {
				s.Command(event.Command{Verb: event.VerbInput, Program: "server", Text: "line"})
			}
		}
	})
	finished(t, all)
	if diff := cmp.Diff([]string{"no-wire", "no-such-program"}, notes); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
}

// pair is a lab of two programs on topology.
func pair(topology lab.Topology, server, client string, after string) *lab.Lab {
	l := echo(topology)
	l.Programs[0].Source, l.Programs[1].Source = []byte(server), []byte(client)
	l.Programs[1].After.Call = after
	return l
}

// walk is the path of states that a lifeline's connections take.
func walk(all []event.Event, host string) (path []string) {
	for _, e := range all {
		if e.Kind == event.KindState && e.Host == host && e.Socket.Proto == "tcp" && e.From != e.To && e.To != "" {
			path = append(path, e.To)
		}
	}
	return path
}

func TestFourWay(t *testing.T) {
	l := pair(lab.Wire, `import socket
s = socket.socket()
s.bind(("", 8080))
s.listen()
c, _ = s.accept()
c.recv(100)
input() # a server that closes at once sends its FIN together with the ACK
c.close()
`, `import socket
c = socket.create_connection(("server", 8080))
c.close()
`, "listen")
	l.Wire.Mode = "hold"
	deliver := hand(0)
	all := run(t, l, func(s *sandbox.Sandbox, e event.Event) {
		if e.Kind == event.KindState && e.To == "FIN_WAIT2" {
			s.Command(event.Command{Verb: event.VerbInput, Program: "server", Text: "close"})
		}
		deliver(s, e)
	})
	finished(t, all)
	if diff := cmp.Diff([]string{"CLOSE", "SYN_SENT", "ESTABLISHED", "FIN_WAIT1", "FIN_WAIT2", "TIME_WAIT"}, walk(all, "client")); diff != "" {
		t.Errorf("client (-want +got):\n%s", diff)
	}
	want := []string{"CLOSE", "LISTEN", "SYN_RECV", "ESTABLISHED", "CLOSE_WAIT", "LAST_ACK"}
	got := walk(all, "server")
	if diff := cmp.Diff(want, got[:min(len(got), len(want))]); diff != "" {
		t.Errorf("server (-want +got):\n%s", diff)
	}
}

func TestUDP(t *testing.T) {
	for _, topology := range []lab.Topology{lab.Wire, lab.Loopback} {
		t.Run(string(topology), func(t *testing.T) {
			waiting := false
			all := run(t, pair(topology, `import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("", 8080))
input()
data, peer = s.recvfrom(4)
s.sendto(data, peer)
`, `import socket
c = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
c.sendto(b"0123456789", ("server", 8080))
print(c.recv(100))
`, "bind"), func(s *sandbox.Sandbox, e event.Event) {
				if e.Kind == event.KindQueue && e.Socket.Proto == "udp" && *e.Recv > 0 && e.Host == "server" {
					waiting = true
					s.Command(event.Command{Verb: event.VerbInput, Program: "server", Text: "receive"})
				}
			})
			finished(t, all)
			if got := printed(all, "client"); got != "b'0123'\n" {
				t.Errorf("client printed %q", got)
			}
			for _, e := range all {
				if e.Kind == event.KindPacket && (e.Summary.Proto != "UDP" || e.From == e.To) {
					t.Errorf("packet %+v from %q to %q", e.Summary, e.From, e.To)
				}
			}
			if !waiting {
				t.Error("the datagram was never seen in the receiver's queue")
			}
		})
	}
}

func TestIPv6(t *testing.T) {
	for _, topology := range []lab.Topology{lab.Wire, lab.Loopback} {
		t.Run(string(topology), func(t *testing.T) {
			all := run(t, pair(topology, `import socket
s = socket.socket(socket.AF_INET6)
s.bind(("::", 8080))
s.listen()
for i in range(2):
    c, a = s.accept()
    print(a[0])
    c.close()
`, `import socket
for family in socket.AF_INET6, socket.AF_INET:
    c = socket.socket(family)
    c.connect(("server", 8080))
    c.recv(1)
    c.close()
`, "listen"), nil)
			finished(t, all)
			want := map[lab.Topology]string{lab.Wire: "fd00::1\n::ffff:10.0.0.1\n", lab.Loopback: "::1\n::ffff:127.0.0.1\n"}[topology]
			if got := printed(all, "server"); got != want {
				t.Errorf("server printed %q, want %q", got, want)
			}
			established := 0
			for _, s := range walk(all, "server") {
				if s == "ESTABLISHED" {
					established++
				}
			}
			if established != 2 {
				t.Errorf("%d connections seen at the server, want 2", established)
			}
		})
	}
}

func TestRefused(t *testing.T) {
	for _, topology := range []lab.Topology{lab.Wire, lab.Loopback} {
		t.Run(string(topology), func(t *testing.T) {
			l := pair(topology, "pass\n", `import socket
c = socket.socket()
try:
    c.connect(("server", 8080))
except OSError as e:
    print(e.strerror)
`, "listen") // the server ends without having listened: the client waits no longer
			all := run(t, l, nil)
			finished(t, all)
			for _, e := range all {
				refusal := e.Kind == event.KindPacket && len(e.Summary.Flags) == 2
				if e.Kind == event.KindPacket && (refusal != (e.From == "server") || e.From == e.To || e.To == "") {
					t.Errorf("packet %v from %q to %q", e.Summary.Flags, e.From, e.To)
				}
			}
			if got := printed(all, "client"); got != "Connection refused\n" {
				t.Errorf("client printed %q", got)
			}
		})
	}
}

func TestForkAndThreads(t *testing.T) {
	all := run(t, alone(`import os, socket, threading
s = socket.socket()
def f():
    socket.socket().close()
t = threading.Thread(target=f)
t.start()
t.join()
pid = os.fork()
s.close()
if pid: os.waitpid(pid, 0)
`), nil)
	finished(t, all)
	var thread, child bool
	var first int
	for _, e := range all {
		if e.Kind != event.KindCall || e.Phase != event.PhaseReturn {
			continue
		}
		if first == 0 {
			first = e.PID
		}
		thread = thread || e.TID != 0 && e.Name == "socket" && e.Line == 4
		child = child || e.PID != first && e.Name == "close"
	}
	if !thread || !child {
		t.Errorf("call of thread seen: %t; of child: %t", thread, child)
	}
}

// TestAfter: a client waits for a server that takes its time before it
// listens.
func TestAfter(t *testing.T) {
	l := pair(lab.Wire, "import socket, time\ntime.sleep(0.3)\ns = socket.create_server(('server', 8080))\ns.accept()\n", "import socket\nsocket.create_connection(('server', 8080))\nprint('connected')\n", "listen")
	all := run(t, l, nil)
	finished(t, all)
	if got := printed(all, "client"); got != "connected\n" {
		t.Errorf("client printed %q", got)
	}
}

// TestNoSignals: a program that gets no signal is shown none, such as those
// by which the launcher before it managed its own threads.
func TestNoSignals(t *testing.T) {
	for range 20 {
		all := run(t, echo(lab.Wire), nil)
		for _, e := range all {
			if e.Kind == event.KindSignal {
				t.Fatalf("%s got %s", e.Program, e.Signal)
			}
		}
	}
}
