//go:build linux

package sandbox_test

import (
	"slices"
	"testing"
	"time"

	"fivetuple/sandbox/check"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
)

// The clients of TestResets begin on a quick wire, which becomes slow with
// their first send: both kernels take what is on its way for lost, and what
// they send again, and its acknowledgements, comes when the connection is
// gone. A second connection lasts until then.
const (
	saysAndEnds = `import socket
c = socket.create_connection(("server", 8080))
c.send(b"question", socket.MSG_MORE)
c.shutdown(socket.SHUT_WR)
try:
    while c.recv(100): pass
except ConnectionResetError: pass
socket.create_connection(("server", 8080)).close()
`
	saysMore = `import socket
c = socket.create_connection(("server", 8080))
c.send(b"question")
while c.recv(100): pass
c.send(b"and another one")
socket.create_connection(("server", 8080)).close()
`
	answers = `import socket
listener = socket.create_server(("server", 8080))
for number in range(2):
    c, _ = listener.accept()
    while c.recv(100) and not LEAVES: pass
    c.send(b"answer")
    c.close()
`
	doesNotRead = `import select, socket
listener = socket.create_server(("server", 8080))
for number in range(2):
    c, _ = listener.accept()
    select.select([c], [], [])
    c.close()
`
)

// TestResets: checks are told the resets of a program's own, and not those
// with which its kernel answers copies.
func TestResets(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, server, client string
		own                  bool
	}{
		{"copies", "LEAVES = False\n" + answers, saysAndEnds, false},
		{"unread", doesNotRead, saysAndEnds, true},
		{"after the close", "LEAVES = True\n" + answers, saysMore, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			l := pair(lab.Wire, tt.server, tt.client, "listen")
			slow := 300 * time.Millisecond
			l.Timeline = []lab.WireStep{{After: &lab.After{Program: "client", Call: "sendto"}, WireChange: event.WireChange{Delay: &slow}}}
			all := run(t, l, nil)
			if !slices.ContainsFunc(all, func(e event.Event) bool {
				return e.Kind == event.KindPacket && e.From == "server" && slices.Contains(e.Summary.Flags, "RST")
			}) {
				t.Fatal("the server sent no RST")
			}
			l.Checks = "def check_it(run):\n    if bool(run.resets(src_host='server')) != " + map[bool]string{true: "True", false: "False"}[tt.own] + ": fail(str(run.resets()))\n"
			results, err := check.Run(t.Context(), l, all)
			if err != nil || results[0].Err != nil {
				t.Errorf("%v, %+v", err, results)
			}
		})
	}
}
