//go:build linux

package worker

import (
	"bufio"
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"fivetuple/sandbox/confine"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/trace"
)

// processes are the processes of the programs that have not ended.
type processes struct {
	mu   sync.Mutex
	pids map[int]bool
	more chan struct{} // 1: there is a new one; full means that is known already
}

func newProcesses() *processes {
	return &processes{pids: map[int]bool{}, more: make(chan struct{}, 1)}
}

func (p *processes) began(pid int) {
	p.mu.Lock()
	p.pids[pid] = true
	p.mu.Unlock()
	select {
	case p.more <- struct{}{}:
	default:
	}
}

func (p *processes) ended(pid int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.pids, pid)
}

func (p *processes) all() (pids []int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for pid := range p.pids {
		pids = append(pids, pid)
	}
	return pids
}

// watchMemory ends the programs when all processes together hold more memory
// than they may. The kernel limits what each of them asks for; many small
// ones, and memory that they share, it does not. A control group would, but
// an ordinary user often has none.
//
// It looks more seldom as long as nothing changes, at once when there is a
// new process.
func (w *worker) watchMemory(ctx context.Context) error {
	const often, seldom = 100 * time.Millisecond, time.Second
	wait, last := often, int64(0)
	timer := time.NewTimer(wait)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-w.processes.more:
			wait = often
			timer.Reset(wait)
			continue
		case <-timer.C:
		}
		held := w.held(w.spec.Lab.Limits.AllMemory)
		if held > w.spec.Lab.Limits.AllMemory {
			w.killAll(event.LimitMemory)
		}
		if wait = min(2*wait, seldom); held > last+last/8 {
			wait = often
		}
		last = held
		timer.Reset(wait)
	}
}

// held is how many bytes of memory all processes hold, with what is swapped
// out, and the kernel for them. Pages that several of them share count in each
// of them, unless the sum is beyond limit: then it is counted exactly, which
// costs more.
func (w *worker) held(limit int64) int64 {
	sum := func(file string, keys ...string) (n int64) {
		for _, pid := range w.processes.all() {
			search(pid, func(folder string) bool {
				held := kilobytes(folder+"/"+file, keys...)
				n += held << 10
				return held > 0
			})
		}
		return n
	}
	kernels := w.kernels.memory(w)
	n := kernels + sum("status", "VmPTE:", "RssAnon:", "RssShmem:", "VmSwap:")
	if n > limit {
		n = kernels + sum("status", "VmPTE:") + sum("smaps_rollup", "Pss_Anon:", "Pss_Shmem:", "SwapPss:")
	}
	return n
}

// kernels is what the kernel held for sockets and pipes when it was asked
// last. They are filled by calls only, each of which is told.
type kernels struct {
	told uint64 // the event before
	held int64
}

func (k *kernels) memory(w *worker) int64 {
	if w.own != nil {
		return 0 // the network is the machine's, and so are its sockets
	}
	if told := w.log.last(); told != k.told {
		k.told, k.held = told, w.pipes()
		for _, d := range w.diags {
			n, err := d.Memory()
			if err == nil { // else the kernel cannot say
				k.held += n
			}
		}
	}
	return k.held
}

// pipes is how many bytes the pipes of all processes may hold.
func (w *worker) pipes() int64 {
	seen := map[string]bool{}
	for _, pid := range w.processes.all() {
		for _, name := range descriptors(pid) {
			if link, _ := os.Readlink(name); strings.HasPrefix(link, "pipe:") {
				seen[link] = true
			}
		}
	}
	return int64(len(seen)) * confine.PipeSize
}

// descriptors are the files in /proc that are the open descriptors of a
// process: of each of its threads, which need not have them in common, and of
// which the first may have ended.
func descriptors(pid int) (names []string) {
	threads, _ := filepath.Glob(trace.Proc(pid) + "/task/*")
	for _, thread := range threads {
		open, _ := filepath.Glob(thread + "/fd/*")
		names = append(names, open...)
	}
	return names
}

// search looks for something in a process's folder in /proc. When its first thread
// has ended, nothing is there any more, but in the folder of another thread.
func search(pid int, look func(folder string) (found bool)) {
	proc := trace.Proc(pid)
	if look(proc) {
		return
	}
	threads, _ := filepath.Glob(proc + "/task/*")
	_ = slices.ContainsFunc(threads, look)
}

// kilobytes is the sum of some fields of a file in /proc; a thread that has
// ended has none.
func kilobytes(file string, keys ...string) (sum int64) {
	f, err := os.Open(file)
	if err != nil {
		return 0
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		fields := bytes.Fields(lines.Bytes())
		for _, key := range keys {
			if len(fields) >= 2 && string(fields[0]) == key {
				n, _ := strconv.ParseInt(string(fields[1]), 10, 64)
				sum += n
			}
		}
	}
	return sum
}

// killAll ends every process of every program, which together went beyond a
// limit. New ones cannot escape: the signal reaches all at once.
func (w *worker) killAll(limit event.Limit) {
	w.mu.Lock()
	for _, p := range w.order {
		if !p.over {
			p.limit = limit
		}
	}
	w.mu.Unlock()
	w.killPrograms()
}
