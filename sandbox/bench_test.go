//go:build linux

package sandbox_test

import (
	"bytes"
	"context"
	"testing"
	"time"

	"fivetuple/sandbox"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
)

// BenchmarkStart measures a start on the topology wire, cold and with a
// worker that waits already: from the
// request to the first event, and to the first call of both programs
// (interpreters included).
func BenchmarkStart(b *testing.B) {
	for _, until := range []struct {
		name string
		is   func(*event.Event) bool
	}{
		{"first-event", func(e *event.Event) bool { return e.Kind == event.KindStart }},
		{"first-call", func(e *event.Event) bool { return e.Kind == event.KindCall }},
	} {
		b.Run("cold/"+until.name, func(b *testing.B) {
			for b.Loop() {
				startUntil(b, sandbox.Start, until.is)
			}
		})
		b.Run("warm/"+until.name, func(b *testing.B) {
			pool := sandbox.NewPool(1)
			defer pool.Close()
			for b.Loop() {
				startUntil(b, pool.Start, until.is)
			}
		})
	}
}

func startUntil(b *testing.B, start func(context.Context, *lab.Lab) (*sandbox.Sandbox, error), is func(*event.Event) bool) {
	b.Helper()
	s, err := start(b.Context(), echo(lab.Wire))
	if err != nil {
		b.Fatal(err)
	}
	for line := range s.Events() {
		if e := decode(b, line); is(&e) {
			b.StopTimer()
			break
		}
	}
	s.Stop(event.EndStopped)
	for range s.Events() {
	}
	b.StartTimer()
}

const floodServer = `import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("", 8080))
while s.recv(100): pass
`

const floodClient = `import socket
c = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
c.connect(("server", 8080))
data = b"x" * 64
n = int(input())
for i in range(n): c.send(data)
c.send(b"")
`

// BenchmarkWire measures packets through the wire, each told as sent and
// delivered with its bytes, while both programs are traced.
func BenchmarkWire(b *testing.B) {
	l := echo(lab.Wire)
	l.Limits.Events, l.Limits.Bytes = 100_000_000, 100<<30
	l.Programs[0].Source, l.Programs[1].Source = []byte(floodServer), []byte(floodClient)
	l.Programs[1].After = &lab.After{Program: "server", Call: "bind"}
	const packets = 3000
	delivered := 0
	for b.Loop() {
		s, err := sandbox.Start(b.Context(), l)
		if err != nil {
			b.Fatal(err)
		}
		s.Command(event.Command{Verb: event.VerbInput, Program: "client", Text: "3000"})
		b.StopTimer()
		for line := range s.Events() {
			e := decode(b, line)
			if e.Kind == event.KindPacket && e.Phase == event.PhaseSent && e.ID == 1 {
				b.StartTimer()
			}
			if e.Kind == event.KindPacket && e.Phase == event.PhaseDelivered {
				if delivered++; e.ID == packets {
					b.StopTimer()
					s.Stop(event.EndStopped)
				}
			}
		}
		b.StartTimer()
	}
	b.ReportMetric(float64(delivered)/b.Elapsed().Seconds(), "packets/s")
}

// burstClient has the kernel cut each send into a hundred packets
// (UDP_SEGMENT), so that the wire is what is measured and not the tracer.
// What nobody listens for on a broadcast address is dropped without an
// answer.
const burstClient = `import socket
c = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
c.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
c.setsockopt(17, 103, 64)
c.connect(("10.0.0.255", 9))
data = b"x" * 6400
for i in range(200): c.send(data)
`

// BenchmarkBurst measures packets through the wire, each told as sent and
// delivered with its bytes, and what the worker's processor time allows.
func BenchmarkBurst(b *testing.B) {
	l := alone(burstClient)
	l.Topology = lab.Wire
	l.Programs[0].Name, l.Programs[0].Host = "client", "client"
	var packets, wall float64
	var processor time.Duration
	for b.Loop() {
		s, err := sandbox.Start(b.Context(), l)
		if err != nil {
			b.Fatal(err)
		}
		var first, last int64
		for line := range s.Events() {
			if !bytes.Contains(line, []byte(`"kind":"packet"`)) {
				continue
			}
			e := decode(b, line)
			if e.Phase == event.PhaseSent && first == 0 {
				first = e.T
			}
			if e.Phase == event.PhaseDelivered {
				packets, last = packets+1, e.T
			}
		}
		wall += float64(last-first) / 1e9
		processor += s.Usage()
	}
	b.ReportMetric(packets/wall, "packets/s")
	b.ReportMetric(packets/processor.Seconds(), "packets/cpu-s")
}
