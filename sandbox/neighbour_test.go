//go:build linux

package sandbox_test

import (
	"context"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"fivetuple/sandbox"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
)

// greedy keep taking all of what they may have, and say when they have it.
var greedy = map[string]string{
	"an endless loop": `print("there", flush=True)
while True:
    pass
`,
	"processes in endless loops": `import os
r, w = os.pipe()
first = os.getpid()
try:
    while os.getpid() == first:
        os.fork()
except OSError:
    print("there", flush=True)
os.close(w) # the first has all, and lets them begin
os.read(r, 1)
while True:
    pass
`,
	"sessions of their own in endless loops": `import os
r, w = os.pipe()
first = os.getpid()
try:
    while os.getpid() == first:
        os.fork()
except OSError:
    print("there", flush=True)
if os.getpid() != first:
    os.setsid()
os.close(w) # the first has all, and lets them begin
os.read(r, 1)
while True:
    pass
`,
	"memory, written again and again": `kept = []
try:
    while True:
        kept.append(bytearray(1 << 20))
except MemoryError:
    del kept[-8:] # room to go on
    print("there", flush=True)
while True:
    for block in kept:
        block[::4096] = bytes(256)
`,
}

// bomb is a run of a greedy program.
type bomb struct {
	name         string
	there, ended chan struct{} // closed when it has what it wants, and when it is over
}

// follow takes in the events of a bomb to their end.
func (b *bomb) follow(t testing.TB, s *sandbox.Sandbox) {
	defer close(b.ended)
	there := sync.OnceFunc(func() { close(b.there) })
	defer there()
	for encoded := range s.Events() {
		if e := decode(t, encoded); e.Kind == event.KindPrint && e.Text == "there\n" {
			there()
		}
	}
}

func (b *bomb) over() bool {
	select {
	case <-b.ended:
		return true
	default:
		return false
	}
}

// beside runs f while greedy programs have what they want, each in a sandbox
// of its own, and sees to it that they have it until f returns.
func beside(t testing.TB, names []string, f func()) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	var followers sync.WaitGroup
	defer followers.Wait()
	defer stop()
	var bombs []*bomb
	for _, name := range names {
		l := alone(greedy[name])
		l.Limits.CPU = time.Minute // more than they come to
		s, err := sandbox.Start(ctx, l)
		if err != nil {
			t.Fatal(err)
		}
		b := &bomb{name, make(chan struct{}), make(chan struct{})}
		bombs = append(bombs, b)
		followers.Go(func() { b.follow(t, s) })
	}
	for _, b := range bombs {
		<-b.there
	}
	f()
	for _, b := range bombs {
		if b.over() {
			t.Errorf("%s was over before", b.name)
		}
	}
}

// TestNeighbourOfGreedy: a handshake beside those who take all they can get
// comes to its end, as it would alone.
func TestNeighbourOfGreedy(t *testing.T) {
	beside(t, slices.Sorted(maps.Keys(greedy)), func() {
		all := run(t, ofCourse(t, "handshake/three-way"), hand(0))
		finished(t, all)
		if path := walk(all, "client"); !slices.Contains(path, "ESTABLISHED") {
			t.Errorf("the client's states: %v", path)
		}
	})
}

// BenchmarkNeighbour measures a handshake beside two greedy programs, and
// alone: from the call of connect to the return of accept, and the whole run
// with the start of both interpreters. What is reported of each is how many
// times as long it takes. Where the kernel makes no groups of sessions
// (sched_autogroup), as for what runs in a container, it is more.
func BenchmarkNeighbour(b *testing.B) {
	for name := range greedy {
		b.Run(name, func(b *testing.B) {
			handshake, whole := measured(b)
			alone, wholeAlone := handshake, whole
			beside(b, []string{name, "an endless loop"}, func() { handshake, whole = measured(b) })
			b.ReportMetric(handshake.Seconds()/alone.Seconds(), "×handshake")
			b.ReportMetric(whole.Seconds()/wholeAlone.Seconds(), "×run")
			b.ReportMetric(float64(handshake.Microseconds())/1000, "ms/handshake")
			b.ReportMetric(float64(whole.Microseconds())/1000, "ms/run")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// measured is the median of some handshakes, and of the runs that they are
// in.
func measured(b *testing.B) (handshake, whole time.Duration) {
	const runs = 9
	var handshakes, wholes []time.Duration
	for range runs {
		all := run(b, echo(lab.Wire), nil)
		var from int64
		for _, e := range all {
			switch {
			case e.Kind == event.KindCall && e.Name == "connect" && e.Phase == event.PhaseEnter:
				from = e.T
			case e.Kind == event.KindCall && e.Name == "accept4" && e.Phase == event.PhaseReturn:
				handshakes = append(handshakes, time.Duration(e.T-from))
			}
		}
		wholes = append(wholes, time.Duration(all[len(all)-1].T))
	}
	slices.Sort(handshakes)
	slices.Sort(wholes)
	return handshakes[runs/2], wholes[runs/2]
}
