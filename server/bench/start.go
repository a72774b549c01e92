//go:build linux

package bench

import (
	"context"
	"encoding/json"
	"errors"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"fivetuple/sandbox"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
)

// Start is how long it takes from the request for a sandbox of two hosts and
// one wire.
type Start struct {
	Warm     Times    `json:"warm_first_event"` // with a worker that waits
	Cold     Times    `json:"cold_first_event"`
	Programs Times    `json:"cold_first_call"` // to the first socket call, both interpreters started
	Mininet  *Mininet `json:"mininet"`
}

// Mininet is how long Mininet takes for two hosts and a link, in a process
// that runs already.
type Mininet struct {
	Times
	Faster  float64 `json:"times_faster,omitempty"` // a warm start of ours
	Missing string  `json:"missing,omitempty"`      // why it was not measured
}

const (
	acceptor = "import socket\ns = socket.create_server(('server', 8080))\ns.accept()\n"
	idler    = "import socket\nc = socket.create_connection(('server', 8080))\ninput()\n"
)

// idle is a lab whose two programs are connected and wait.
func idle() *lab.Lab {
	return &lab.Lab{Name: "bench", Topology: lab.Wire, Start: lab.Run, Wire: event.Wire{Mode: event.Flow}, Programs: []lab.Program{
		{Name: "server", Host: "server", File: "server.py", Source: []byte(acceptor)},
		{Name: "client", Host: "client", File: "client.py", Source: []byte(idler), After: &lab.After{Program: "server", Call: "listen"}},
	}}
}

// pause is between two starts: as long as a learner, at the quickest, takes
// to look at what happened. Another worker is made ready meanwhile.
const pause = 100 * time.Millisecond

type starter func(context.Context, *lab.Lab) (*sandbox.Sandbox, error)

func (r *Report) start(ctx context.Context, o Options) (err error) {
	first := func(e *event.Event) bool { return e.Kind == event.KindStart }
	called := func(e *event.Event) bool { return e.Kind == event.KindCall }
	pool := sandbox.NewPool(1)
	defer pool.Close()
	if r.Start.Warm, err = starts(ctx, o.Starts, pool.Start, first); err != nil {
		return err
	}
	if r.Start.Cold, err = starts(ctx, o.Starts, sandbox.Start, first); err != nil {
		return err
	}
	if r.Start.Programs, err = starts(ctx, o.Starts, sandbox.Start, called); err != nil {
		return err
	}
	r.Start.Mininet = mininet(ctx, o.Starts)
	if r.Start.Mininet.P50 > 0 && r.Start.Warm.P50 > 0 {
		r.Start.Mininet.Faster = r.Start.Mininet.P50 / r.Start.Warm.P50
	}
	return nil
}

// starts measures n starts until the event that is wanted.
func starts(ctx context.Context, n int, start starter, wanted func(*event.Event) bool) (Times, error) {
	var all []time.Duration
	for range n {
		select {
		case <-ctx.Done():
			return Times{}, ctx.Err()
		case <-time.After(pause):
		}
		took, err := startUntil(ctx, start, wanted)
		if err != nil {
			return Times{}, err
		}
		all = append(all, took)
	}
	return timesOf(all), nil
}

var errEnded = errors.New("the sandbox ended before")

func startUntil(ctx context.Context, start starter, wanted func(*event.Event) bool) (took time.Duration, err error) {
	began := time.Now()
	s, err := start(ctx, idle())
	if err != nil {
		return 0, err
	}
	err = errEnded
	for line := range s.Events() {
		var e event.Event
		if took == 0 && json.Unmarshal(line, &e) == nil && wanted(&e) {
			took, err = time.Since(began), nil
			s.Stop(event.EndStopped)
		}
	}
	return took, err
}

// mininetScript starts two hosts and a link n times, and prints how many
// seconds each took.
const mininetScript = `
import sys, time
from mininet.net import Mininet
from mininet.log import setLogLevel
setLogLevel("critical")
for _ in range(int(sys.argv[1])):
    began = time.perf_counter()
    net = Mininet(topo=None, build=False)
    net.addLink(net.addHost("client"), net.addHost("server"))
    net.start()
    print(time.perf_counter() - began, flush=True)
    net.stop()
`

func mininet(ctx context.Context, n int) *Mininet {
	out, err := exec.CommandContext(ctx, "/usr/bin/python3", "-c", mininetScript, strconv.Itoa(n)).CombinedOutput()
	if err != nil {
		lines := strings.Split(strings.TrimSpace(string(out)), "\n")
		return &Mininet{Missing: lines[len(lines)-1] + " (Debian: apt-get install mininet; it needs root)"}
	}
	var all []time.Duration
	for _, field := range strings.Fields(string(out)) {
		if seconds, err := strconv.ParseFloat(field, 64); err == nil {
			all = append(all, time.Duration(seconds*float64(time.Second)))
		}
	}
	return &Mininet{Times: timesOf(all)}
}
