//go:build linux

package sandbox_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
)

// TestAllCalls: how a program opens files is told when all calls are to be,
// and otherwise not.
func TestAllCalls(t *testing.T) {
	const source = "import socket\nopen('/etc/hosts').close()\nsocket.socket().close()\n"
	for _, all := range []bool{false, true} {
		t.Run(fmt.Sprint(all), func(t *testing.T) {
			l := alone(source)
			l.AllCalls = all
			events := run(t, l, nil)
			finished(t, events)
			opened, sockets := 0, 0
			for _, e := range events {
				switch {
				case e.Kind != event.KindCall || e.Phase != event.PhaseReturn:
				case e.Name == "socket":
					sockets++
				case e.Name == "openat" && e.Args[1] == `"/etc/hosts"`:
					if opened++; e.Line != 2 {
						t.Errorf("it opens the file at line %d", e.Line)
					}
				case e.Name == "openat" || e.Name == "mmap":
					if !all {
						t.Errorf("%s(%s) is told", e.Name, strings.Join(e.Args, ", "))
					}
				}
			}
			want := 0
			if all {
				want = 1
			}
			if opened != want || sockets != 1 {
				t.Errorf("%d times it opens the file, %d times a socket, want %d, 1", opened, sockets, want)
			}
		})
	}
}

// TestJitter: with jitter the times that packets are under way lie far apart,
// on both sides of the delay; without it they do not.
func TestJitter(t *testing.T) {
	const delay, jitter = 100 * time.Millisecond, 90 * time.Millisecond
	spread := func(jitter time.Duration) (least, median, most time.Duration) {
		l := pair(lab.Wire, `import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("", 8080))
while s.recv(9): pass
`, `import socket, time
c = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
c.connect(("server", 8080))
for i in range(30):
    c.send(b"x")
    time.sleep(0.03) # their order is kept, so those that leave at once come at once
c.send(b"")
`, "bind")
		l.Wire.Delay, l.Wire.Jitter, l.Seed = delay, jitter, 3
		all := run(t, l, nil)
		finished(t, all)
		sent, took := map[uint64]int64{}, []time.Duration{}
		for _, e := range all {
			switch {
			case e.Kind == event.KindPacket && e.Phase == event.PhaseSent:
				sent[e.ID] = e.T
			case e.Kind == event.KindPacket && e.Phase == event.PhaseDelivered:
				took = append(took, time.Duration(e.T-sent[e.ID]))
			}
		}
		if len(took) != 31 {
			t.Fatalf("%d packets have arrived", len(took))
		}
		slices.Sort(took)
		return took[0], took[len(took)/2], took[len(took)-1]
	}
	steadyLeast, steadyMedian, _ := spread(0) // the slowest is the machine's matter
	least, median, most := spread(jitter)
	if steadyLeast < delay || least < delay-jitter {
		t.Errorf("without jitter the fastest took %v, with it %v", steadyLeast, least)
	}
	if least > delay-jitter/2 || most < delay+jitter/2 {
		t.Errorf("with jitter they took from %v to %v", least, most)
	}
	if median-least < 2*(steadyMedian-steadyLeast) {
		t.Errorf("with jitter they took from %v, half of them less than %v, without from %v and %v", least, median, steadyLeast, steadyMedian)
	}
}
