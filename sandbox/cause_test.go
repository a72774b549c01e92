//go:build linux

package sandbox_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fivetuple/sandbox"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
)

// short says what an event is about.
func short(e event.Event) string {
	switch e.Kind {
	case event.KindCall:
		return fmt.Sprintf("%s %s %s", e.Program, e.Name, e.Phase)
	case event.KindPacket:
		return fmt.Sprintf("%s %s%s %s", e.From, strings.Join(e.Summary.Flags, "-"), map[bool]string{true: "+data"}[e.Summary.Len > 0], e.Phase)
	case event.KindState:
		return fmt.Sprintf("%s %s→%s", e.Host, e.From, e.To)
	}
	return string(e.Kind)
}

// led lists each event that has a cause as "what because what".
func led(all []event.Event) (list []string) {
	for _, e := range all {
		if e.Cause != nil && e.Cause.Seq != 0 {
			list = append(list, short(e)+" because "+short(all[e.Cause.Seq-1]))
		}
	}
	return list
}

func TestCauses(t *testing.T) {
	want := []string{
		"client SYN sent because client connect enter",
		"client CLOSE→SYN_SENT because client connect enter",
		"server SYN-ACK sent because client SYN delivered",
		"client SYN_SENT→ESTABLISHED because server SYN-ACK delivered",
		"client ACK sent because server SYN-ACK delivered",
		"server SYN_RECV→ESTABLISHED because client ACK delivered",
		"client connect return because server SYN-ACK delivered",
		"client PSH-ACK+data sent because client sendto enter",
		"server recvfrom return because client PSH-ACK+data delivered",
		"server PSH-ACK+data sent because server sendto enter",
		"client recvfrom return because server PSH-ACK+data delivered",
		"server FIN-ACK sent because server close enter",
		"client ESTABLISHED→CLOSE_WAIT because server FIN-ACK delivered",
	}
	for _, topology := range []lab.Topology{lab.Wire, lab.Loopback} {
		t.Run(string(topology), func(t *testing.T) {
			l := echo(topology)
			// The client waits for the server's end, so that it is the server who closes.
			l.Programs[1].Source = []byte(strings.Replace(clientPy, "c.close()", "c.recv(1)\nc.close()", 1))
			all := run(t, l, nil)
			finished(t, all)
			got := led(all)
			for _, w := range want {
				if topology == lab.Loopback && strings.Contains(w, "→") {
					continue // there the states run ahead of the packets that are read
				}
				if !slices.Contains(got, w) {
					t.Errorf("missing: %s", w)
				}
			}
			accepted := "server accept4 return because client ACK delivered"
			if topology == lab.Wire && !slices.Contains(got, accepted) {
				t.Errorf("missing: %s", accepted)
			}
			if t.Failed() {
				t.Log("\n" + strings.Join(got, "\n"))
			}
		})
	}
}

// TestAgain: what is sent again names what carried it first, by the timer as
// well as after acknowledgements that say what is missing.
func TestAgain(t *testing.T) {
	l := pair(lab.Wire, sinkServer, sourceClient, "listen")
	l.Wire.Mode = event.Hold
	data, dropped := 0, uint64(0)
	all := run(t, l, func(s *sandbox.Sandbox, e event.Event) {
		if e.Kind != event.KindPacket || e.Phase != event.PhaseHeld {
			return
		}
		if e.Summary.Len > 0 && e.From == "client" {
			data++
		}
		if data == 3 && dropped == 0 {
			dropped = e.ID
			s.Command(event.Command{Verb: event.VerbDrop, Packet: e.ID})
			return
		}
		s.Command(event.Command{Verb: event.VerbDeliver, Packet: e.ID})
	})
	finished(t, all)
	if printed(all, "server") != "20000\n" {
		t.Errorf("the server got %q", printed(all, "server"))
	}
	for _, e := range all {
		if e.Again == dropped && e.Kind == event.KindPacket && e.Phase == event.PhaseSent {
			return
		}
	}
	t.Errorf("nothing names packet %d, which was dropped", dropped)
}

// TestInfo: a connection tells its congestion window, which shrinks when a
// packet is lost.
func TestInfo(t *testing.T) {
	client := `import socket
c = socket.create_connection(("server", 8080))
c.setsockopt(socket.IPPROTO_TCP, socket.TCP_CONGESTION, b"reno")
c.sendall(bytes(200000))
`
	l := pair(lab.Wire, sinkServer, client, "listen")
	l.Wire.Loss, l.Seed = 0.05, 3
	all := run(t, l, nil)
	finished(t, all)
	var largest, last event.TCPInfo
	for _, e := range all {
		if e.Kind != event.KindInfo || e.Host != "client" {
			continue
		}
		if e.Info.CWnd > largest.CWnd {
			largest = *e.Info
		}
		last = *e.Info
	}
	if largest.CWnd <= 10 || last.TotalRetr == 0 || last.SSThresh == 0 || last.Congestion != "reno" || last.RTO < 200e6 {
		t.Errorf("largest window: %+v, last: %+v", largest, last)
	}
}

// TestDrops: datagrams for which there is no room are counted.
func TestDrops(t *testing.T) {
	l := pair(lab.Loopback, `import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
s.bind(("server", 8080))
input()
`, `import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for n in range(20):
    s.sendto(b"x" * 100, ("server", 8080))
`, "bind")
	drops := 0
	all := run(t, l, func(s *sandbox.Sandbox, e event.Event) {
		if e.Kind == event.KindExit && e.Program == "client" {
			s.Command(event.Command{Verb: event.VerbInput, Program: "server", Text: ""})
		}
		if e.Drops != nil {
			drops = *e.Drops
		}
	})
	finished(t, all)
	if drops < 10 || drops > 19 {
		t.Errorf("%d drops of 20", drops)
	}
}

// TestSYNQueue: connections whose last ACK is missing wait before the
// accept queue.
func TestSYNQueue(t *testing.T) {
	l := echo(lab.Wire)
	l.Wire.Mode = event.Hold
	waiting := 0
	all := run(t, l, func(s *sandbox.Sandbox, e event.Event) {
		if e.SYN != nil {
			waiting = max(waiting, *e.SYN)
		}
		hand(0)(s, e)
	})
	finished(t, all)
	if waiting != 1 {
		t.Errorf("%d waited in SYN_RECV", waiting)
	}
}

// TestCloseRange closes several sockets by one call: it is what made their
// FINs, and none of them is held by a descriptor any more, which others have.
func TestCloseRange(t *testing.T) {
	all := run(t, pair(lab.Wire, `import socket
s = socket.create_server(("server", 8080))
for _ in range(2):
    c, a = s.accept()
    c.recv(1)
    c.close()
`, `import os, socket
kept = [socket.create_connection(("server", 8080)).detach() for _ in range(2)]
os.closerange(3, 20)
print(kept, socket.socket(socket.AF_UNIX).fileno())
`, "listen"), nil)
	finished(t, all)
	if got := printed(all, "client"); got != "[3, 4] 3\n" {
		t.Errorf("the client printed %q", got)
	}
	var by uint64
	fins := 0
	closed := map[int]bool{}
	for _, e := range all {
		switch {
		case e.Kind == event.KindCall && e.Name == "close_range" && e.Phase == event.PhaseEnter:
			by = e.Seq
		case e.Kind == event.KindPacket && e.Phase == event.PhaseSent && e.From == "client" && slices.Contains(e.Summary.Flags, "FIN"):
			if fins++; e.Cause == nil || e.Cause.Seq != by {
				t.Errorf("a FIN was caused by %+v, want %d", e.Cause, by)
			}
		case e.Kind == event.KindState && e.Host == "client" && e.To == "FIN_WAIT1":
			closed[e.Socket.ID] = true
		}
		if e.Socket != nil && e.Host == "client" && closed[e.Socket.ID] && e.Socket.FD != nil && e.To != "FIN_WAIT1" {
			t.Errorf("a socket that is closed has descriptor %d: %+v", *e.Socket.FD, e.Socket)
		}
	}
	if by == 0 || fins != 2 || len(closed) != 2 {
		t.Errorf("close_range was event %d, and made %d FINs of %d sockets", by, fins, len(closed))
	}
}

// TestKilledWhileClosing kills programs that do nothing but make sockets and
// close them, some of them between the beginning and the end of a close: no
// socket stays behind that the run would wait for.
func TestKilledWhileClosing(t *testing.T) {
	l := alone(`import os, signal, socket, time
for _ in range(20):
    pid = os.fork()
    if pid == 0:
        while True:
            for s in socket.socketpair():
                s.close()
    time.sleep(0.02)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
`)
	finished(t, run(t, l, nil))
}

// TestListenerCloses: a listener that its program closes may be found gone
// before the call has returned. The call is the cause.
func TestListenerCloses(t *testing.T) {
	all := run(t, alone(`import socket
for _ in range(200):
    s = socket.create_server(("127.0.0.1", 8080))
    s.close()
`), nil)
	finished(t, all)
	var closed int
	for _, e := range all {
		if e.Kind != event.KindState || e.From != "LISTEN" {
			continue
		}
		closed++
		if e.Cause == nil || all[e.Cause.Seq-1].Name != "close" {
			t.Errorf("event %d: %s by %v", e.Seq, short(e), e.Cause)
		}
	}
	if closed != 200 {
		t.Errorf("%d listeners were closed", closed)
	}
}
