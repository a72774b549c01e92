//go:build linux

package sandbox_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"fivetuple/sandbox"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
)

// soon waits until something is so.
func soon(t *testing.T, what string, so func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !so(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("not soon: " + what)
		}
	}
}

// pooled runs l with a worker of p and returns its events.
func pooled(t *testing.T, p *sandbox.Pool, l *lab.Lab) (all []event.Event) {
	t.Helper()
	s, err := p.Start(t.Context(), l)
	if err != nil {
		t.Fatal(err)
	}
	for b := range s.Events() {
		all = append(all, decode(t, b))
	}
	return all
}

// workers are the processes of workers that this one has started and that
// have not ended.
func workers() (pids []int) {
	all, _ := filepath.Glob("/proc/[0-9]*")
	for _, dir := range all {
		var pid, parent int
		var state string
		stat, _ := os.ReadFile(dir + "/stat")
		_, after, _ := strings.Cut(string(stat), ") ")
		_, _ = fmt.Sscan(after, &state, &parent)
		_, _ = fmt.Sscan(filepath.Base(dir), &pid)
		if parent == os.Getpid() && state != "Z" {
			pids = append(pids, pid)
		}
	}
	return pids
}

// TestPoolFillsItselfLater: workers that cannot be started now are started
// when they can.
func TestPoolFillsItselfLater(t *testing.T) {
	finished(t, run(t, alone(""), nil)) // what the runtime opens once is open now
	var limit unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_NOFILE, &limit); err != nil {
		t.Fatal(err)
	}
	if err := unix.Setrlimit(unix.RLIMIT_NOFILE, &unix.Rlimit{Cur: 3, Max: limit.Max}); err != nil { // no pipe can be had
		t.Fatal(err)
	}
	pool := sandbox.NewPool(1)
	defer pool.Close()
	starting := regexp.MustCompile(`(?s)^goroutine \d+ \[(running|runnable|syscall)[^\n]*\n.*created by sync\.\(\*WaitGroup\)\.Go`)
	soon(t, "it has tried", func() bool {
		for g := range strings.SplitSeq(stacks(), "\n\n") {
			if starting.MatchString(g) {
				return false
			}
		}
		return true
	})
	if err := unix.Setrlimit(unix.RLIMIT_NOFILE, &limit); err != nil {
		t.Fatal(err)
	}
	if n := len(workers()); n > 0 {
		t.Fatalf("%d workers wait though none could be started", n)
	}
	soon(t, "workers wait", func() bool { return len(workers()) == 2 })
}

// stacks are the stacks of all goroutines.
func stacks() string {
	b := make([]byte, 1<<20)
	return string(b[:runtime.Stack(b, true)])
}

// TestPoolOfTheDead: a worker that died while it waited is nobody's.
func TestPoolOfTheDead(t *testing.T) {
	pool := sandbox.NewPool(2)
	defer pool.Close()
	soon(t, "workers wait", func() bool { return len(workers()) == 4 })
	for _, pid := range workers() {
		if err := unix.Kill(pid, unix.SIGKILL); err != nil {
			t.Fatal(err)
		}
		// It must be waited for by nobody but the pool.
		if err := unix.Waitid(unix.P_PID, pid, nil, unix.WEXITED|unix.WNOWAIT, nil); err != nil {
			t.Fatal(err)
		}
	}
	for range 3 {
		finished(t, pooled(t, pool, echo(lab.Wire)))
	}
}

// TestGoIsCompiledOnce: a run has each of its programs in Go compiled once.
func TestGoIsCompiledOnce(t *testing.T) {
	tool(t, "go")
	real, err := exec.LookPath("go")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	script := fmt.Sprintf("#!/bin/sh\necho \"$1\" >>%s/asked\nexec %s \"$@\"\n", dir, real)
	if err := os.WriteFile(filepath.Join(dir, "go"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+":"+os.Getenv("PATH"))
	pool := sandbox.NewPool(1)
	defer pool.Close()
	finished(t, pooled(t, pool, aloneGo("package main\n\nfunc main() {}\n")))
	asked, err := os.ReadFile(filepath.Join(dir, "asked"))
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(asked), "build\n"); n != 1 {
		t.Errorf("Go was asked for\n%sso it compiled %d times", asked, n)
	}
}
