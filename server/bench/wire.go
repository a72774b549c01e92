//go:build linux

package bench

import (
	"context"
	"encoding/json"

	"fivetuple/sandbox"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
)

// Wire is how many packets the wire carries, each told as sent, with its
// bytes, and as delivered.
type Wire struct {
	Packets   int     `json:"packets"`
	PerSecond float64 `json:"packets_per_second"`
	PerCPU    float64 `json:"packets_per_cpu_second"` // of the worker, the sending program and its kernel work included
}

// burst has the kernel cut each send into a hundred packets (UDP_SEGMENT), so
// that the wire is what is measured and not the tracer. What nobody listens
// for on a broadcast address is dropped without an answer.
const burst = `import socket
c = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
c.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
c.setsockopt(17, 103, 64)
c.connect(("10.0.0.255", 9))
data = b"x" * 6400
for i in range(300): c.send(data)
`

func (r *Report) wire(ctx context.Context, _ Options) error {
	l := idle()
	l.Programs = []lab.Program{{Name: "client", Host: "client", File: "client.py", Source: []byte(burst)}}
	s, err := sandbox.Start(ctx, l)
	if err != nil {
		return err
	}
	var first, last int64
	for line := range s.Events() {
		var e event.Event
		if err := json.Unmarshal(line, &e); err != nil || e.Kind != event.KindPacket {
			continue
		}
		if first == 0 {
			first = e.T
		}
		if e.Phase == event.PhaseDelivered {
			r.Wire.Packets, last = r.Wire.Packets+1, e.T
		}
	}
	if last > first {
		r.Wire.PerSecond = float64(r.Wire.Packets) / (float64(last-first) / 1e9)
		r.Wire.PerCPU = float64(r.Wire.Packets) / s.Usage().Seconds()
	}
	return nil
}
