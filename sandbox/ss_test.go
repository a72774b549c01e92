//go:build linux

package sandbox_test

import (
	"slices"
	"testing"

	"fivetuple/sandbox/lab"
)

// atOnce is the server of a connection that both ends close at once.
const atOnce = `import socket
s = socket.create_server(("10.0.0.2", 8080))
c, a = s.accept()
c.close()
`

// unread is one that closes with data that it has not read.
const unread = `import socket
s = socket.create_server(("10.0.0.2", 8080), backlog=1)
c, a = s.accept()
c.getsockname()
c.getpeername()
c.close()
s.close()
`

const closes = `import socket
c = socket.create_connection(("10.0.0.2", 8080))
c.close()
`

const sends = `import socket
c = socket.create_connection(("10.0.0.2", 8080))
c.send(b"hello")
c.getsockname()
c.getsockname()
try:
    c.recv(5)
except OSError as e:
    print(e)
`

func between(server, client string) *lab.Lab {
	l := echo(lab.Wire)
	l.Programs[0].Source, l.Programs[1].Source = []byte(server), []byte(client)
	return l
}

// TestStatesAgreeWithSS runs ss inside every host at every pause.
func TestStatesAgreeWithSS(t *testing.T) {
	for _, name := range []string{"nsenter", "ss"} {
		tool(t, name)
	}
	tests := []struct {
		name   string
		lab    *lab.Lab
		states []string // some that must have been there at a pause
	}{
		{"echo", echo(lab.Wire), []string{"LISTEN", "SYN_SENT", "SYN_RECV", "ESTABLISHED", "FIN_WAIT1", "TIME_WAIT"}},
		{"both close at once", between(atOnce, closes), []string{"FIN_WAIT1", "CLOSING", "TIME_WAIT"}},
		{"closed with unread data", between(unread, sends), []string{"ESTABLISHED"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := pause(t, tt.lab)
			p.together = slices.Contains(tt.states, "CLOSING")
			p.enter()
			seen := map[string]bool{}
			for !p.ended {
				p.agree()
				for _, e := range p.sockets {
					seen[e.To] = true
				}
				p.next()
			}
			for _, state := range tt.states {
				if !seen[state] {
					t.Errorf("%s was not there at any pause: %v", state, seen)
				}
			}
		})
	}
}
