//go:build linux

// Package bench measures what the course promises of its sandboxes, on the
// machine it runs on. Figures mean something only beside others of the same
// run: where there is a peer it is measured side by side.
package bench

import (
	"context"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"time"

	"golang.org/x/sys/unix"
)

// Options say how much to measure.
type Options struct {
	Starts   int       // of each kind
	Idle     int       // sandboxes at once
	Progress io.Writer // told what is being measured
}

// Report is what was measured.
type Report struct {
	Machine Machine `json:"machine"`
	Start   Start   `json:"start"`
	Wire    Wire    `json:"wire"`
	Idle    Idle    `json:"idle"`
}

// Machine is what it was measured on.
type Machine struct {
	Kernel string `json:"kernel"`
	Go     string `json:"go"`
	CPUs   int    `json:"cpus"`
}

// Times are durations in milliseconds.
type Times struct {
	N   int     `json:"n"`
	P50 float64 `json:"p50_ms"`
	P99 float64 `json:"p99_ms"`
}

// Run measures everything, until ctx ends.
func Run(ctx context.Context, o Options) (*Report, error) {
	r := &Report{Machine: machine()}
	for _, part := range []struct {
		name    string
		measure func(context.Context, Options) error
	}{
		{"starts", r.start}, {"the wire", r.wire}, {"idle sandboxes", r.idle},
	} {
		fmt.Fprintf(o.Progress, "measuring %s\n", part.name)
		if err := part.measure(ctx, o); err != nil {
			return nil, fmt.Errorf("measure %s: %w", part.name, err)
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
	return r, nil
}

func machine() Machine {
	var name unix.Utsname
	_ = unix.Uname(&name) // it cannot fail on a valid pointer
	return Machine{Kernel: unix.ByteSliceToString(name.Release[:]), Go: runtime.Version(), CPUs: runtime.NumCPU()}
}

func timesOf(all []time.Duration) Times {
	slices.Sort(all)
	at := func(q float64) float64 {
		if len(all) == 0 {
			return 0
		}
		return float64(all[min(len(all)-1, int(q*float64(len(all))))].Microseconds()) / 1000
	}
	return Times{N: len(all), P50: at(0.5), P99: at(0.99)}
}

// private is the memory in bytes that processes share with no other process.
func private(pids []int) (total int64) {
	for _, pid := range pids {
		b, err := os.ReadFile(fmt.Sprintf("/proc/%d/smaps_rollup", pid))
		if err != nil {
			continue // it has ended
		}
		total += kilobytes(string(b), "Private_Clean:", "Private_Dirty:") << 10
	}
	return total
}
