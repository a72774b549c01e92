//go:build linux

package sandbox_test

import (
	"testing"

	"fivetuple/sandbox"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
)

// TestBlockedBesideCalls: that a call blocks is told though another program
// makes one call after the other.
func TestBlockedBesideCalls(t *testing.T) {
	server := `import socket
u = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
u.bind(("server", 8080))
l = socket.create_server(("server", 8080))
u.recv(1) # the client has begun
l.accept()
`
	client := `import select, socket, sys
u = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
told = False
for n in range(1000):
    u.sendto(b"", ("server", 8080))
    told = told or bool(select.select([sys.stdin], [], [], 0.002)[0])
    if told:
        break
print(told)
socket.create_connection(("server", 8080))
`
	told := false
	all := run(t, pair(lab.Loopback, server, client, "listen"), func(s *sandbox.Sandbox, e event.Event) {
		if e.Kind == event.KindCall && e.Phase == event.PhaseBlocked && e.Name == "accept4" && !told {
			told = true
			s.Command(event.Command{Verb: event.VerbInput, Program: "client", Text: "it blocks"})
		}
	})
	finished(t, all)
	if got := printed(all, "client"); got != "True\n" {
		t.Errorf("while the client made calls that accept blocks was told: %q", got)
	}
}

// TestPausedWhileWaiting: a program that waits for another's call and is
// paused is told as held before its own first call, so that it can be stepped.
func TestPausedWhileWaiting(t *testing.T) {
	server := `import os, socket
def stands(pid):
    try:
        return b"client.py" in open(f"/proc/{pid}/cmdline", "rb").read() and open(f"/proc/{pid}/stat").read().rpartition(")")[2].split()[0] == "t"
    except OSError:
        return False
n = 0
while n < 100: # looks in a row: it stops for a moment when it starts, too
    n = n + 1 if any(stands(pid) for pid in os.listdir("/proc") if pid.isdigit()) else 0
print("the client waits")
input()
socket.create_server(("server", 8080))
`
	client := "import socket\nsocket.socket().close()\nprint('there')\n"
	held := false
	all := run(t, pair(lab.Loopback, server, client, "listen"), func(s *sandbox.Sandbox, e event.Event) {
		switch {
		case e.Kind == event.KindPrint && e.Program == "server":
			s.Command(event.Command{Verb: event.VerbPause})
			s.Command(event.Command{Verb: event.VerbInput, Program: "server", Text: "go"})
		case e.Kind == event.KindCall && e.Program == "client" && e.Phase == event.PhaseHeld && !held:
			held = true
			s.Command(event.Command{Verb: event.VerbRun})
		}
	})
	finished(t, all)
	if got := printed(all, "client"); !held || got != "there\n" {
		t.Errorf("the client was told as held: %t, and printed %q", held, got)
	}
}
