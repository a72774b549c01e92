//go:build linux

package sandbox_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"fivetuple/sandbox"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
)

func TestMain(m *testing.M) {
	sandbox.Main()
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
	l := &lab.Lab{Name: "echo", Topology: topology, Start: lab.Run, Wire: lab.WireSettings{Mode: "flow"}, Programs: []lab.Program{
		{Name: "server", Host: "server", File: "server.py", Source: []byte(serverPy)},
		{Name: "client", Host: "client", File: "client.py", Source: []byte(clientPy), After: &lab.After{Program: "server", Call: "listen"}},
	}}
	return l
}

// run runs l to its end and returns its events; each is called for every
// one as it comes.
func run(t testing.TB, l *lab.Lab, each func(*sandbox.Sandbox, event.Event)) []event.Event {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	s, err := sandbox.Start(ctx, l)
	if err != nil {
		t.Fatal(err)
	}
	var all []event.Event
	for b := range s.Events() {
		var e event.Event
		if err := json.Unmarshal(b, &e); err != nil {
			t.Fatalf("%s: %v", b, err)
		}
		all = append(all, e)
		if each != nil {
			each(s, e)
		}
	}
	return all
}

func TestEcho(t *testing.T) {
	for _, topology := range []lab.Topology{lab.Wire, lab.Loopback} {
		t.Run(string(topology), func(t *testing.T) {
			all := run(t, echo(topology), nil)
			for _, e := range all {
				e.Data = nil
				b, _ := json.Marshal(e)
				t.Logf("%s", b)
			}
			if last := all[len(all)-1]; last.Kind != event.KindEnd || last.Cause.End != event.EndFinished {
				t.Errorf("ended with %+v", last)
			}
		})
	}
}
