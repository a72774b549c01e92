//go:build linux

package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"fivetuple/sandbox"
	"fivetuple/sandbox/event"
)

// Idle is what sandboxes cost that wait: two hosts, a wire, and two live
// Python programs with a connection between them.
type Idle struct {
	Sandboxes int     `json:"sandboxes"`
	Took      float64 `json:"started_in_s"`
	Private   float64 `json:"private_mb_each"` // of all its processes, shared with nothing
	Worker    float64 `json:"worker_mb_each"`  // of that, the worker
	CPU       float64 `json:"cpu_percent"`     // of one processor, for all workers together
}

// atOnce is how many are being started at the same time.
const atOnce = 4

func (r *Report) idle(ctx context.Context, o Options) error {
	ctx, stop := context.WithCancel(ctx)
	var ended errgroup.Group
	defer func() {
		stop()
		_ = ended.Wait() // they end with ctx
	}()
	began := time.Now()
	pids := make([]int, o.Idle)
	var starting errgroup.Group
	starting.SetLimit(atOnce)
	for i := range pids {
		starting.Go(func() (err error) {
			pids[i], err = settle(ctx, &ended)
			return err
		})
	}
	if err := starting.Wait(); err != nil {
		return err
	}
	r.Idle.Sandboxes, r.Idle.Took = o.Idle, time.Since(began).Seconds()
	each := func(bytes int64) float64 { return float64(bytes) / float64(o.Idle) / 1e6 }
	r.Idle.Worker = each(private(pids))
	r.Idle.Private = each(private(descendants(pids)))
	cpu, err := load(ctx, pids)
	r.Idle.CPU = cpu
	return err
}

// settle starts a sandbox and returns its worker's process id when its
// programs have nothing more to do. Its events are received until it ends.
func settle(ctx context.Context, ended *errgroup.Group) (pid int, err error) {
	s, err := sandbox.Start(ctx, idle())
	if err != nil {
		return 0, err
	}
	waits := make(chan bool, 1)
	ended.Go(func() error {
		defer close(waits)
		for line := range s.Events() {
			var e event.Event
			if json.Unmarshal(line, &e) == nil && e.Kind == event.KindCall && e.Name == "accept4" && e.Phase == event.PhaseReturn {
				waits <- true
			}
		}
		return nil
	})
	if !<-waits {
		return 0, errEnded
	}
	return s.PID(), nil
}

// load is how much of one processor processes use, measured over a while.
func load(ctx context.Context, pids []int) (percent float64, err error) {
	const window = 5 * time.Second
	before := ticks(pids)
	select {
	case <-ctx.Done():
		return 0, ctx.Err()
	case <-time.After(window):
	}
	const perSecond = 100 // USER_HZ
	return float64(ticks(pids)-before) / perSecond / window.Seconds() * 100, nil
}

// ticks is the processor time of processes, in units of USER_HZ.
func ticks(pids []int) (total int64) {
	for _, pid := range pids {
		fields := stat(pid)
		if len(fields) < 13 {
			continue
		}
		for _, f := range fields[11:13] { // utime, stime
			n, _ := strconv.ParseInt(f, 10, 64)
			total += n
		}
	}
	return total
}

// stat are the fields of /proc/PID/stat that follow the program's name.
func stat(pid int) []string {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return nil
	}
	_, after, _ := strings.Cut(string(b), ") ")
	return strings.Fields(after)
}

// descendants are processes with all that they started.
func descendants(pids []int) []int {
	children := map[int][]int{}
	all, _ := filepath.Glob("/proc/[0-9]*")
	for _, dir := range all {
		pid, err := strconv.Atoi(filepath.Base(dir))
		if fields := stat(pid); err == nil && len(fields) > 1 {
			parent, _ := strconv.Atoi(fields[1])
			children[parent] = append(children[parent], pid)
		}
	}
	for i := 0; i < len(pids); i++ {
		pids = append(pids, children[pids[i]]...)
	}
	return pids
}

// kilobytes adds up lines of a file of /proc that begin with one of names.
func kilobytes(text string, names ...string) (total int64) {
	for line := range strings.Lines(text) {
		for _, name := range names {
			if value, ok := strings.CutPrefix(line, name); ok {
				n, _ := strconv.ParseInt(strings.Fields(value)[0], 10, 64)
				total += n
			}
		}
	}
	return total
}
