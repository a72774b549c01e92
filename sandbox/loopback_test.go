//go:build linux

package sandbox_test

import (
	"slices"
	"testing"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
)

// TestLongSegmentsOnLo: with the MSS clamped to 1448 the kernel still puts
// segments many times as long on lo, for no network card will have to cut
// them.
func TestLongSegmentsOnLo(t *testing.T) {
	server := "import socket\nl = socket.create_server(('server', 8080))\nc, a = l.accept()\nwhile c.recv(65536): pass\n"
	client := "import socket\nc = socket.socket()\nc.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, 1448)\n" +
		"c.connect(('server', 8080))\nc.sendall(bytes(300_000))\nc.close()\n"
	all := run(t, pair(lab.Loopback, server, client, "listen"), nil)
	finished(t, all)
	longest, clamped := 0, false
	for _, e := range all {
		if e.Kind != event.KindPacket || e.Phase != event.PhaseSent {
			continue
		}
		longest = max(longest, e.Summary.Len)
		clamped = clamped || slices.Contains(e.Summary.Options, "mss 1448")
	}
	if !clamped || longest < 2*1448 {
		t.Errorf("an MSS of 1448 was announced: %t; the longest segment carried %d bytes", clamped, longest)
	}
}

// TestLongestPacketsOnLo: not even the longest packets of lo are cut. The
// sequence numbers of each end go on by what its segments carry, and the bytes
// of a packet are as many as its headers say.
func TestLongestPacketsOnLo(t *testing.T) {
	server := `import socket
u = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
u.bind(("server", 8080))
l = socket.create_server(("server", 8080))
c, a = l.accept()
for _ in range(20):
    c.recv(65483, socket.MSG_WAITALL)
    c.sendall(b"!")
print(len(u.recv(65536)))
`
	client := `import socket
c = socket.create_connection(("server", 8080))
for _ in range(20):
    c.sendall(bytes(65483))
    c.recv(1)
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(bytes(65507), ("server", 8080))
c.recv(1)
`
	all := run(t, pair(lab.Loopback, server, client, "listen"), nil)
	finished(t, all)
	if got := printed(all, "server"); got != "65507\n" {
		t.Errorf("the server printed %q", got)
	}
	longest, next := 0, map[string]uint32{}
	for _, e := range all {
		if e.Kind != event.KindPacket || e.Phase != event.PhaseSent || e.Again != 0 {
			continue
		}
		s := e.Summary
		if s.Proto == "UDP" {
			longest = len(e.Data)
		}
		if s.Proto == "UDP" || s.Len == 0 {
			continue
		}
		if want, known := next[e.From]; known && *s.Seq != want {
			t.Errorf("event %d: a segment of %s begins at %d, want %d", e.Seq, e.From, *s.Seq, want)
		}
		next[e.From] = *s.Seq + uint32(s.Len)
	}
	if want := 14 + 20 + 8 + 65507; longest != want {
		t.Errorf("the longest datagram has %d bytes in all, want %d", longest, want)
	}
}
