//go:build linux

package sandbox_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
)

const (
	unixServer = `import os, socket
s = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
s.bind("/tmp/door")
s.listen(1)
c, a = s.accept()
print(c.recv(99))
c.sendall(b"hello")
c.close()
s.close()
print(os.path.exists("/tmp/door"))
`
	unixClient = `import socket
c = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
c.connect("/tmp/door")
c.sendall(b"hi")
print(c.recv(99))
c.close()
`
)

func TestUnix(t *testing.T) {
	l := pair(lab.Unix, unixServer, unixClient, "listen")
	all := run(t, l, nil)
	finished(t, all)
	if got := printed(all, "server") + printed(all, "client"); got != "b'hi'\nTrue\nb'hello'\n" {
		t.Errorf("printed %q", got)
	}
	var path []string
	peers := map[int]int{}
	for _, e := range all {
		if e.Kind == event.KindPacket {
			t.Errorf("a packet: %+v", e)
		}
		if e.Kind != event.KindState {
			continue
		}
		if e.Host == "client" && e.From != e.To {
			path = append(path, e.To)
		}
		if e.Socket.Peer != 0 {
			peers[e.Socket.ID] = e.Socket.Peer
		}
		if e.Socket.Proto != "u_str" {
			t.Errorf("%+v", e.Socket)
		}
	}
	if diff := cmp.Diff([]string{"CLOSE", "ESTABLISHED", ""}, path); diff != "" {
		t.Errorf("the client's states (-want +got):\n%s", diff)
	}
	mutual := 0
	for a, b := range peers {
		if peers[b] == a {
			mutual++
		}
	}
	if mutual != 2 {
		t.Errorf("peers: %v", peers)
	}
}

// TestUnixQueue: what was sent and not received waits at the receiver.
func TestUnixQueue(t *testing.T) {
	l := alone(`import socket
a, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
a.send(b"x" * 100)
a.send(b"x" * 100)
b.recv(100)
a.fileno()
`)
	l.Topology = lab.Unix
	all := run(t, l, nil)
	finished(t, all)
	if !slices.ContainsFunc(all, func(e event.Event) bool { return e.Kind == event.KindQueue && e.Recv != nil && *e.Recv > 0 }) {
		t.Error("no queue was seen")
	}
}
