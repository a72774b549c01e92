//go:build linux

package sandbox_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"fivetuple/sandbox"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
)

// remains is what a sandbox could leave behind.
type remains struct {
	processes   []string // other than this one
	namespaces  []string
	descriptors int
}

// left lists the processes that are this program or descend from it, the
// network namespaces they are in, and our open descriptors.
func left(t *testing.T) remains {
	t.Helper()
	var r remains
	all, _ := filepath.Glob("/proc/[0-9]*")
	for _, dir := range all {
		if !ours(dir) {
			continue
		}
		if dir != fmt.Sprintf("/proc/%d", os.Getpid()) {
			r.processes = append(r.processes, dir)
		}
		if ns, err := os.Readlink(dir + "/ns/net"); err == nil && !slices.Contains(r.namespaces, ns) {
			r.namespaces = append(r.namespaces, ns)
		}
	}
	fds, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	r.descriptors = len(fds)
	return r
}

// ours says whether a process is this program, or a descendant of it.
func ours(dir string) bool {
	own, _ := os.Readlink("/proc/self/exe")
	if exe, err := os.Readlink(dir + "/exe"); err == nil && exe == own {
		return true
	}
	stat, err := os.ReadFile(dir + "/stat")
	if err != nil {
		return false
	}
	var parent int
	var state string
	_, after, _ := strings.Cut(string(stat), ") ")
	if _, err := fmt.Sscan(after, &state, &parent); err != nil || parent <= 1 {
		return false
	}
	return parent == os.Getpid() || ours(fmt.Sprintf("/proc/%d", parent))
}

func TestNothingIsLeftBehind(t *testing.T) {
	finished(t, run(t, echo(lab.Wire), nil)) // what is opened once and kept is open now
	before := left(t)
	pool := sandbox.NewPool(2)
	random := rand.New(rand.NewPCG(1, 2))
	const runs, atOnce = 200, 4
	turns := make(chan struct{}, atOnce)
	for i := range runs {
		turns <- struct{}{}
		topology := []lab.Topology{lab.Wire, lab.Loopback}[i%2]
		killAfter := time.Duration(random.IntN(120)) * time.Millisecond
		start := sandbox.Start
		if i%4 < 2 {
			start = pool.Start
		}
		go func() {
			defer func() { <-turns }()
			s, err := start(t.Context(), echo(topology))
			if err != nil {
				t.Error(err)
				return
			}
			switch i % 3 {
			case 1:
				time.AfterFunc(killAfter, func() { _ = unix.Kill(s.PID(), unix.SIGKILL) })
			case 2:
				time.AfterFunc(killAfter, func() { s.Stop(event.EndStopped) })
			}
			for range s.Events() {
			}
		}()
	}
	for range atOnce {
		turns <- struct{}{}
	}
	pool.Close()
	after := left(t)
	if len(after.processes) > len(before.processes) {
		t.Errorf("processes left: %v", after.processes)
	}
	if len(after.namespaces) > len(before.namespaces) {
		t.Errorf("%d network namespaces before, %d after", len(before.namespaces), len(after.namespaces))
	}
	if after.descriptors > before.descriptors {
		t.Errorf("%d descriptors before, %d after", before.descriptors, after.descriptors)
	}
}
