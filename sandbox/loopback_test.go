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
