//go:build linux

package sandbox_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fivetuple/sandbox"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
)

const (
	caller = `import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
s.sendto(b"who is there?", ("10.0.0.255", 8080))
print(*sorted(s.recvfrom(99)[1][0] for _ in range(2)))
`
	answerer = `import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("", 8080))
data, who = s.recvfrom(99)
s.sendto(b"I am", who)
`
	member = `import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("", 8080))
s.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, socket.inet_aton("239.1.2.3") + socket.inet_aton("0.0.0.0"))
print("joined")
print(s.recv(99))
`
	toGroup = `import socket
input()
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton("10.0.0.1"))
s.sendto(b"to the group", ("239.1.2.3", 8080))
`
)

// lan is a lab of hosts on a switch; the first program waits until the last
// has bound.
func lan(first string, others ...string) *lab.Lab {
	l := &lab.Lab{Name: "lan", Topology: lab.LAN, Hosts: len(others) + 1, Start: lab.Run, Wire: event.Wire{Mode: event.Flow}}
	for i, source := range append([]string{first}, others...) {
		name := fmt.Sprintf("host%d", i+1)
		p := lab.Program{Name: name, Host: name, File: name + ".py", Source: []byte(source)}
		switch {
		case i == 0:
			p.After = &lab.After{Program: fmt.Sprintf("host%d", len(others)+1), Call: "bind"}
		case i > 1:
			p.After = &lab.After{Program: fmt.Sprintf("host%d", i), Call: "bind"}
		}
		l.Programs = append(l.Programs, p)
	}
	return l
}

func TestBroadcast(t *testing.T) {
	all := run(t, lan(caller, answerer, answerer), nil)
	finished(t, all)
	if got := printed(all, "host1"); got != "10.0.0.2 10.0.0.3\n" {
		t.Errorf("answers from %q", got)
	}
	var seen []string
	for _, e := range all {
		if e.Kind == event.KindPacket && e.Phase == event.PhaseSent && (e.Summary.Dst == "10.0.0.255:8080" || strings.HasPrefix(e.Summary.Text, "who has 10.0.0.1?")) {
			seen = append(seen, fmt.Sprintf("%s to %s: %s", e.From, e.To, e.Summary.Proto))
		}
	}
	want := []string{"host1 to host2: UDP", "host1 to host3: UDP", "host2 to host1: ARP", "host2 to host3: ARP", "host3 to host1: ARP", "host3 to host2: ARP"}
	if diff := cmp.Diff(want, slices.Sorted(slices.Values(seen))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestMulticast: those who joined the group get the datagram; nobody else's
// program does.
func TestMulticast(t *testing.T) {
	joined := 0
	all := run(t, lan(toGroup, member, member), func(s *sandbox.Sandbox, e event.Event) {
		if e.Kind == event.KindPrint && e.Text == "joined\n" {
			if joined++; joined == 2 {
				s.Command(event.Command{Verb: event.VerbInput, Program: "host1", Text: "go"})
			}
		}
	})
	finished(t, all)
	for _, program := range []string{"host2", "host3"} {
		if got := printed(all, program); got != "joined\nb'to the group'\n" {
			t.Errorf("%s got %q", program, got)
		}
	}
}

// TestSwitch: what the switch has learned goes to one host alone.
func TestSwitch(t *testing.T) {
	server := "import socket\ns = socket.create_server(('host2', 8080))\nc, a = s.accept()\nprint(c.recv(9))\n"
	l := lan("import socket\nc = socket.create_connection(('host2', 8080))\nc.sendall(b'hello')\n", server, "import time\ntime.sleep(0.1)\n")
	l.Programs[0].After = &lab.After{Program: "host2", Call: "listen"}
	l.Programs[2].After = nil
	all := run(t, l, nil)
	finished(t, all)
	for _, e := range all {
		if e.Kind == event.KindPacket && e.Summary.Proto == "TCP" && (e.To == "host3" || e.From == "host3") {
			t.Errorf("packet %d from %s went to %s", e.ID, e.From, e.To)
		}
	}
	if got := printed(all, "host2"); got != "b'hello'\n" {
		t.Errorf("host2 got %q", got)
	}
}

// TestForgedReset ends a connection by a segment that neither end has sent.
func TestForgedReset(t *testing.T) {
	l := pair(lab.Wire, "import socket\ns = socket.create_server(('server', 8080))\nc, a = s.accept()\nc.sendall(b'welcome')\ntry:\n    c.recv(9)\nexcept OSError as e:\n    print(e.strerror)\n",
		"import socket\nc = socket.create_connection(('server', 8080))\nprint(c.recv(99))\ntry:\n    c.recv(9)\nexcept OSError as e:\n    print(e.strerror)\n", "listen")
	forged, firstSeq := false, uint32(0)
	all := run(t, l, func(s *sandbox.Sandbox, e event.Event) {
		if e.Kind == event.KindPacket && e.From == "server" && e.Phase == event.PhaseSent && e.Summary.Flags[0] == "SYN" {
			firstSeq = *e.Summary.Seq
		}
		if forged || e.Kind != event.KindPacket || e.Phase != event.PhaseDelivered || e.From != "client" || e.Summary.Ack == nil || len(e.Summary.Flags) != 1 {
			return
		}
		if *e.Summary.Ack-firstSeq == 8 { // the client has acknowledged "welcome"
			forged = true
			for _, side := range []event.Segment{
				{Src: e.Summary.Src, Dst: e.Summary.Dst, Flags: []string{"RST"}, Seq: *e.Summary.Seq},
				{Src: e.Summary.Dst, Dst: e.Summary.Src, Flags: []string{"RST"}, Seq: *e.Summary.Ack},
			} {
				from, to := "client", "server"
				if side.Src != e.Summary.Src {
					from, to = to, from
				}
				s.Command(event.Command{Verb: event.VerbInject, From: from, To: to, Segment: &side})
			}
		}
	})
	finished(t, all)
	for program, want := range map[string]string{"server": "Connection reset by peer\n", "client": "b'welcome'\nConnection reset by peer\n"} {
		if got := printed(all, program); got != want {
			t.Errorf("%s printed %q", program, got)
		}
	}
}

// TestHandPlayedClient opens and closes a connection with segments that the
// learner composes, against the server's kernel.
func TestHandPlayedClient(t *testing.T) {
	l := pair(lab.Wire, "import socket\ns = socket.create_server(('server', 8080))\nc, a = s.accept()\nprint(a, c.recv(9), c.recv(9))\nc.close()\n", "", "listen")
	l.Programs, l.Hand = l.Programs[:1], "client"
	const me, it, mine = "10.0.0.1:40000", "10.0.0.2:8080", uint32(1000)
	play := func(s *sandbox.Sandbox, seq, ack uint32, payload string, flags ...string) {
		s.Command(event.Command{Verb: event.VerbInject, From: "client", To: "server", Segment: &event.Segment{Src: me, Dst: it, Flags: flags, Seq: seq, Ack: ack, Payload: payload}})
	}
	all := run(t, l, func(s *sandbox.Sandbox, e event.Event) {
		switch {
		case e.Kind == event.KindState && e.To == "LISTEN":
			play(s, mine, 0, "", "SYN")
		case e.Kind != event.KindPacket || e.From != "server" || e.Phase != event.PhaseDelivered:
		case slices.Contains(e.Summary.Flags, "SYN"):
			play(s, mine+1, *e.Summary.Seq+1, "", "ACK")
			play(s, mine+1, *e.Summary.Seq+1, "hi", "PSH", "ACK")
			play(s, mine+3, *e.Summary.Seq+1, "", "FIN", "ACK")
		case slices.Contains(e.Summary.Flags, "FIN"):
			play(s, mine+4, *e.Summary.Seq+1, "", "ACK")
		}
	})
	finished(t, all)
	if got := printed(all, "server"); got != "('10.0.0.1', 40000) b'hi' b''\n" {
		t.Errorf("server printed %q", got)
	}
	if path := walk(all, "server"); !slices.Contains(path, "LAST_ACK") {
		t.Errorf("the server's states: %v", path)
	}
}

// TestEightHosts: on the largest lan a broadcast is one frame that reaches all
// seven others, and each of them can answer.
func TestEightHosts(t *testing.T) {
	others := slices.Repeat([]string{answerer}, lab.MaxHosts-1)
	all := run(t, lan(strings.Replace(caller, "range(2)", "range(7)", 1), others...), nil)
	finished(t, all)
	if got := printed(all, "host1"); got != "10.0.0.2 10.0.0.3 10.0.0.4 10.0.0.5 10.0.0.6 10.0.0.7 10.0.0.8\n" {
		t.Errorf("answers from %q", got)
	}
	var reached []string
	frames := map[uint64]bool{} // that host1 has sent, and not the switch for it
	for _, e := range all {
		if e.Kind != event.KindPacket || e.Summary.Dst != "10.0.0.255:8080" {
			continue
		}
		switch e.Phase {
		case event.PhaseSent:
			frames[e.ID] = e.Of == 0
			if len(reached) > 0 {
				t.Errorf("the copy for %s was told as sent after %s had its own", e.To, reached)
			}
		case event.PhaseDelivered:
			reached = append(reached, e.To)
		}
	}
	sent := 0
	for _, own := range frames {
		if own {
			sent++
		}
	}
	slices.Sort(reached)
	if diff := cmp.Diff([]string{"host2", "host3", "host4", "host5", "host6", "host7", "host8"}, reached); diff != "" || sent != 1 {
		t.Errorf("%d frames sent, which reached (-want +got):\n%s", sent, diff)
	}
}

// TestNeighbourDiscovery: before a connection over IPv6 a host asks all in the
// group of the other's address for its hardware address, and is answered.
func TestNeighbourDiscovery(t *testing.T) {
	l := lan("import socket\nc = socket.create_connection(('fd00::2', 8080))\nprint(c.recv(9))\n",
		"import socket\ns = socket.create_server(('fd00::2', 8080), family=socket.AF_INET6)\nc, a = s.accept()\nprint(a[0])\nc.sendall(b'hello')\n", "pass\n")
	l.Programs[0].After = &lab.After{Program: "host2", Call: "listen"}
	l.Programs[2].After = nil
	all := run(t, l, nil)
	finished(t, all)
	if got := printed(all, "host2"); got != "fd00::1\n" {
		t.Errorf("host2 was called by %q", got)
	}
	var opening []string
	for _, e := range all {
		if e.Kind == event.KindPacket && e.Phase == event.PhaseSent && len(opening) < 4 {
			opening = append(opening, strings.TrimSpace(fmt.Sprintf("%s to %s: %s > %s %s", e.From, e.To, e.Summary.Proto, e.Summary.Dst, e.Summary.Text)))
		}
	}
	want := []string{
		"host1 to host2: ICMPv6 > ff02::1:ff00:2 NeighborSolicitation", "host1 to host3: ICMPv6 > ff02::1:ff00:2 NeighborSolicitation",
		"host2 to host1: ICMPv6 > fd00::1 NeighborAdvertisement", "host1 to host2: TCP > [fd00::2]:8080",
	}
	if diff := cmp.Diff(want, opening); diff != "" {
		t.Errorf("the first packets (-want +got):\n%s", diff)
	}
}
