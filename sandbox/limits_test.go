//go:build linux

package sandbox_test

import (
	"context"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"fivetuple/sandbox"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
)

// alone is a lab of one program.
func alone(source string) *lab.Lab {
	return &lab.Lab{Name: "alone", Topology: lab.Loopback, Programs: []lab.Program{
		{Name: "server", Host: "server", File: "server.py", Source: []byte(source)},
	}}
}

func TestLimits(t *testing.T) {
	tests := []struct {
		name, source string
		limits       lab.Limits
		limit        event.Limit
	}{
		{"endless loop", "while True: pass\n", lab.Limits{CPU: time.Second}, event.LimitCPU},
		{"endless output", "while True: print('x' * 1000)\n", lab.Limits{Output: 100_000}, event.LimitOutput},
		{"all memory", "x = []\nwhile True: x.append(bytearray(1 << 20))\n", lab.Limits{Memory: 64 << 20}, event.LimitMemory},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l := alone(tt.source)
			l.Limits = tt.limits
			all := run(t, l, nil)
			finished(t, all)
			if got := exit(t, all, "server"); got.Limit != tt.limit {
				t.Errorf("exit %+v, want limit %s", got, tt.limit)
			}
		})
	}
}

// TestNeighbours runs a lab beside programs that take all they can get: it
// ends as it would alone.
func TestNeighbours(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	var neighbours sync.WaitGroup
	for _, source := range []string{"while True: pass\n", "while True: print('x' * 1000)\n", "x = []\nwhile True: x.append(bytearray(1 << 20))\n"} {
		s, err := sandbox.Start(ctx, alone(source))
		if err != nil {
			t.Fatal(err)
		}
		neighbours.Go(func() {
			for range s.Events() {
			}
		})
	}
	all := run(t, echo(lab.Wire), nil)
	finished(t, all)
	if got := printed(all, "client"); got != "b'HELLO'\n" {
		t.Errorf("client printed %q", got)
	}
	stop()
	neighbours.Wait()
}

func TestTimeLimit(t *testing.T) {
	l := alone("input()\n")
	l.Limits.Time = 300 * time.Millisecond
	ended(t, run(t, l, nil), event.EndTimeLimit)
}

func TestEventLimit(t *testing.T) {
	l := alone("import socket\nwhile True: socket.socket().close()\n")
	l.Limits.Events = 500
	all := run(t, l, nil)
	ended(t, all, event.EndEventLimit)
}

func TestStop(t *testing.T) {
	all := run(t, alone("input()\n"), func(s *sandbox.Sandbox, e event.Event) {
		if e.Kind == event.KindStart {
			s.Stop(event.EndLeft)
		}
	})
	ended(t, all, event.EndLeft)
}

// TestInputThatNobodyReads gives more input than a pipe holds to a program
// that does not read: it is refused, and the sandbox obeys as before.
func TestInputThatNobodyReads(t *testing.T) {
	refused := false
	all := run(t, alone("import time\ntime.sleep(60)\n"), func(s *sandbox.Sandbox, e event.Event) {
		switch {
		case e.Kind == event.KindStart:
			for range 20 {
				s.Command(event.Command{Verb: event.VerbInput, Program: "server", Text: strings.Repeat("x", 4000)})
			}
		case e.Kind == event.KindNote && e.Text == "no-input" && !refused:
			refused = true
			s.Stop(event.EndStopped)
		}
	})
	ended(t, all, event.EndStopped)
	if !refused {
		t.Error("nothing was refused")
	}
}

func TestKilledWorker(t *testing.T) {
	all := run(t, alone("input()\n"), func(s *sandbox.Sandbox, e event.Event) {
		if e.Kind == event.KindStart {
			p, _ := os.FindProcess(s.PID())
			_ = p.Kill()
		}
	})
	ended(t, all, event.EndWorkerDied)
}

func TestFailures(t *testing.T) {
	tests := []struct {
		name, source, error string
		line                int
	}{
		{"syntax error", "x = 1\nif x\n", "SyntaxError: expected ':'", 2},
		{"exception", "def f():\n    return 1 // 0\n\nf()\n", "ZeroDivisionError: integer division or modulo by zero", 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			all := run(t, alone(tt.source), nil)
			finished(t, all)
			got := exit(t, all, "server")
			if got.Error != tt.error || got.Line != tt.line || got.Code == nil || *got.Code != 1 {
				t.Errorf("exit %+v, want %q at line %d", got, tt.error, tt.line)
			}
			if text := printed(all, "server"); strings.Contains(text, "sitecustomize") {
				t.Errorf("traceback shows the runner:\n%s", text)
			}
		})
	}
}

// inside is what a program in a sandbox prints.
func inside(t *testing.T, source string) string {
	t.Helper()
	all := run(t, alone(source), nil)
	finished(t, all)
	return strings.TrimSpace(printed(all, "server"))
}

func TestInside(t *testing.T) {
	secret := t.TempDir() + "/secret"
	if err := os.WriteFile(secret, []byte("secret"), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Setenv("FIVETUPLE_TEST_SECRET", "secret")
	caught := func(code string) string {
		return "import ctypes, os, signal, socket\nlibc = ctypes.CDLL(None, use_errno=True)\ntry:\n    print(" + code + ")\nexcept OSError as e: print(e.strerror)\n"
	}
	failed := func(call string) string {
		return "import ctypes, os\nlibc = ctypes.CDLL(None, use_errno=True)\nprint(libc." + call + ", os.strerror(ctypes.get_errno()))\n"
	}
	tests := []struct{ name, source, want string }{
		{"user", caught("os.getuid(), os.getpid() > 1"), "1000 True"},
		{"files of the machine", caught("open(" + "'" + secret + "').read()"), "No such file or directory"},
		{"environment", caught("sorted(os.environ)"), "['HOME', 'LANG', 'PATH', 'USER']"},
		{"descriptors", caught("sorted(int(f) for f in os.listdir('/proc/self/fd'))"), "[0, 1, 2, 3, 255]"},
		{"write to its program", caught("open('/lab/server.py', 'w')"), "Read-only file system"},
		{"write to tmp", caught("open('/tmp/x', 'w').write('abc')"), "3"},
		{"kill the worker", caught("os.kill(1, signal.SIGKILL)"), "None"},
		{"unshare", failed("unshare(0x10000000)"), "-1 Operation not permitted"},
		{"ptrace", failed("ptrace(16, 1, 0, 0)"), "-1 Operation not permitted"},
		{"mount", failed("mount(b'x', b'/tmp', b'tmpfs', 0, 0)"), "-1 Operation not permitted"},
		{"raw socket", caught("socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)"), "Operation not permitted"},
		{"privileged port", caught("socket.socket().bind(('', 80))"), "Permission denied"},
		{"address outside", caught("socket.socket().connect(('169.254.169.254', 80))"), "Network is unreachable"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := inside(t, tt.source); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestAnyExecutable(t *testing.T) {
	cc, err := exec.LookPath("cc")
	if err != nil {
		t.Skip("no C compiler")
	}
	dir := t.TempDir()
	source := `#include <stdio.h>
int main(int argc, char **argv) { printf("%d %s\n", argc, argv[1]); return 7; }`
	if err := os.WriteFile(dir+"/own.c", []byte(source), 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(cc, "-o", dir+"/own", dir+"/own.c").CombinedOutput(); err != nil {
		t.Fatalf("%s: %v", out, err)
	}
	l := &lab.Lab{Name: "own", Topology: lab.Wire, Programs: []lab.Program{{Name: "client", Host: "client", Command: []string{dir + "/own", "one"}}}}
	all := run(t, l, nil)
	finished(t, all)
	if got := printed(all, "client"); got != "2 one\n" {
		t.Errorf("printed %q", got)
	}
	if got := exit(t, all, "client"); got.Code == nil || *got.Code != 7 {
		t.Errorf("exit %+v, want 7", got)
	}
}
