//go:build linux

package sandbox_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fivetuple/sandbox"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
)

// crossing holds packets until there is one from each side, and delivers
// both then: what the two ends send at the same time crosses on the wire.
// From the event since on; before, each is delivered at once.
func crossing(since func(event.Event) bool) func(*sandbox.Sandbox, event.Event) {
	begun := false
	held := map[string][]uint64{}
	return func(s *sandbox.Sandbox, e event.Event) {
		begun = begun || since(e)
		if e.Kind != event.KindPacket || e.Phase != event.PhaseHeld {
			return
		}
		if !begun {
			s.Command(event.Command{Verb: event.VerbDeliver, Packet: e.ID})
			return
		}
		held[e.From] = append(held[e.From], e.ID)
		for len(held["client"]) > 0 && len(held["server"]) > 0 {
			for host, ids := range held {
				s.Command(event.Command{Verb: event.VerbDeliver, Packet: ids[0]})
				held[host] = ids[1:]
			}
		}
	}
}

// TestSimultaneousOpen: two ends that connect to each other at the same time
// become one connection, without a listener.
func TestSimultaneousOpen(t *testing.T) {
	end := func(own, port, other, otherPort string) string {
		return "import socket\ns = socket.socket()\ns.bind(('" + own + "', " + port + "))\ns.connect(('" + other + "', " + otherPort + "))\nprint('connected')\ninput()\n"
	}
	l := pair(lab.Wire, end("server", "6000", "client", "5000"), end("client", "5000", "server", "6000"), "bind")
	l.Wire.Mode = event.Hold
	connected := 0
	cross := crossing(func(event.Event) bool { return true })
	all := run(t, l, func(s *sandbox.Sandbox, e event.Event) {
		cross(s, e)
		if e.Kind == event.KindPrint {
			if connected++; connected == 2 {
				s.Stop(event.EndStopped)
			}
		}
	})
	ended(t, all, event.EndStopped)
	for _, host := range []string{"client", "server"} {
		if diff := cmp.Diff([]string{"CLOSE", "SYN_SENT", "SYN_RECV", "ESTABLISHED"}, walk(all, host)[:4]); diff != "" {
			t.Errorf("%s's states (-want +got):\n%s", host, diff)
		}
	}
}

// TestSimultaneousClose: the FINs of both ends cross, and both ends wait in
// TIME_WAIT.
func TestSimultaneousClose(t *testing.T) {
	l := pair(lab.Wire, "import socket\nl = socket.create_server(('server', 8080))\nc, a = l.accept()\ninput()\nc.close()\n",
		"import socket\nc = socket.create_connection(('server', 8080))\ninput()\nc.close()\n", "listen")
	l.Wire.Mode = event.Hold
	closing := false
	cross := crossing(func(event.Event) bool { return closing })
	all := run(t, l, func(s *sandbox.Sandbox, e event.Event) {
		cross(s, e)
		if e.Kind == event.KindCall && e.Name == "accept4" && e.Phase == event.PhaseReturn {
			closing = true
			for _, program := range []string{"server", "client"} {
				s.Command(event.Command{Verb: event.VerbInput, Program: program, Text: "go"})
			}
		}
	})
	finished(t, all)
	for _, host := range []string{"client", "server"} {
		path := walk(all, host)
		at := slices.Index(path, "FIN_WAIT1")
		if at < 0 || len(path) < at+3 || path[at+1] != "CLOSING" || path[at+2] != "TIME_WAIT" {
			t.Errorf("%s's states: %v", host, path)
		}
	}
}

// TestTimeWaitWhileHeld: a connection that has ended in both directions is in
// TIME_WAIT also as long as its program has not closed the descriptor, and
// after.
func TestTimeWaitWhileHeld(t *testing.T) {
	l := pair(lab.Wire, "import socket\nl = socket.create_server(('server', 8080))\nc, a = l.accept()\nc.recv(9)\nc.close()\n",
		"import socket\nc = socket.create_connection(('server', 8080))\nc.shutdown(socket.SHUT_WR)\nc.recv(9)\nc.getsockname()\nc.setblocking(False)\nc.close()\n", "listen")
	all := run(t, l, nil)
	finished(t, all)
	want := []string{"CLOSE", "SYN_SENT", "ESTABLISHED", "FIN_WAIT1", "FIN_WAIT2", "TIME_WAIT"}
	got := slices.DeleteFunc(walk(all, "client"), func(s string) bool { return s == "FIN_WAIT2" })
	if diff := cmp.Diff(slices.DeleteFunc(want, func(s string) bool { return s == "FIN_WAIT2" }), got); diff != "" { // which is there unless the FIN carries the ACK
		t.Errorf("the client's states (-want +got):\n%s", diff)
	}
}

// TestConnectUnderWay: a connect that does not wait leaves its socket in
// SYN_SENT, which then has a peer as the kernel's tables have it, though
// getpeername does not tell it yet.
func TestConnectUnderWay(t *testing.T) {
	l := pair(lab.Wire, "import socket\nl = socket.create_server(('server', 8080))\nl.accept()\n",
		"import select, socket\nc = socket.socket()\nc.setblocking(False)\nprint(c.connect_ex(('server', 8080)))\nselect.select([], [c], [])\nc.close()\n", "listen")
	l.Wire.Delay = 50 * time.Millisecond
	all := run(t, l, nil)
	finished(t, all)
	if diff := cmp.Diff([]string{"CLOSE", "SYN_SENT", "ESTABLISHED", "FIN_WAIT1"}, walk(all, "client")[:4]); diff != "" {
		t.Errorf("the client's states (-want +got):\n%s", diff)
	}
	for _, e := range all {
		if e.Kind == event.KindState && e.Host == "client" && e.To == "SYN_SENT" && e.Socket.Remote == "" {
			t.Errorf("event %d has no peer", e.Seq)
		}
	}
}
