//go:build linux

package sandbox_test

import (
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

// lookingPy looks for what a program must not find, and uses what it has.
const lookingPy = `import os, socket, sys
names = [socket.gethostbyname(n) for n in ("client", "server")]
open("/tmp/note", "w").write("mine")
print(names, open("/tmp/note").read(), os.path.exists("/tmp/note"))
s = socket.socket(socket.AF_UNIX)
s.bind("/tmp/place"); s.listen(1)
socket.socket(socket.AF_UNIX).connect("/tmp/place")
os.unlink("/tmp/place")
for path in sys.stdin.read().split():
    try:
        os.listdir(path) if os.path.isdir(path) else open(path).read()
        print("READ", path)
    except PermissionError:
        print("refused", path)
for path in "/usr/x", "/lab/x", "client.py", "/dev/shm/x":
    try:
        open(path, "w")
        print("WROTE", path)
    except (PermissionError, FileNotFoundError, OSError):
        pass
`

// typing types text to a program at the start, and no more.
func typing(program, text string) func(*sandbox.Sandbox, event.Event) {
	return func(s *sandbox.Sandbox, e event.Event) {
		if e.Kind == event.KindStart {
			s.Command(event.Command{Verb: event.VerbInput, Program: program, Text: text})
			s.Command(event.Command{Verb: event.VerbEOF, Program: program})
		}
	}
}

// TestNoMount: where mounting is forbidden, as AppArmor does in Docker, a
// sandbox has a folder in the place of a root of its own.
func TestNoMount(t *testing.T) {
	if !on(t, refusal{Call: unix.SYS_MOUNT, Errno: unix.EACCES}) {
		return
	}
	dir, err := os.MkdirTemp("/var/tmp", "fivetuple-test") // not below /tmp, which is the sandbox's own
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	secret := filepath.Join(dir, "secret")
	if err := os.WriteFile(secret, []byte("secret"), 0o644); err != nil {
		t.Fatal(err)
	}
	own, err := os.MkdirTemp("", "no-mount") // what others leave behind is not our sandbox's
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(own)
	if err := os.Chmod(own, 0o777|os.ModeSticky); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TMPDIR", own)
	forbidden := []string{secret, "/etc/passwd", "/root", "/home", "/var", "/proc/1/environ"}
	l := &lab.Lab{Name: "root", Topology: lab.Wire, Start: lab.Run, Wire: event.Wire{Mode: event.Flow}, Programs: []lab.Program{
		{Name: "client", Host: "client", File: "client.py", Source: []byte(lookingPy)},
	}}
	all := run(t, l, typing("client", strings.Join(forbidden, "\n")))
	finished(t, all)
	said := printed(all, "client")
	want := "['10.0.0.1', '10.0.0.2'] mine True\nrefused " + strings.Join(forbidden, "\nrefused ") + "\n"
	if said != want {
		t.Errorf("it printed\n%s\nwant\n%s", said, want)
	}
	if left, _ := filepath.Glob(filepath.Join(own, "*")); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

// TestNoProc: where parts of /proc are hidden, as in a container, a sandbox
// has the machine's; what is known of its programs is the same.
func TestNoProc(t *testing.T) {
	if !after(t, "mount -t tmpfs none /proc/irq") {
		return
	}
	l := echo(lab.Wire)
	l.Programs[0].Source = []byte(serverPy + "import os; print(os.getpid() == int(os.readlink('/proc/self')))\n")
	l.Wire.Delay = 50 * time.Millisecond // long enough that accept is seen to block
	all := run(t, l, nil)
	finished(t, all)
	if said := printed(all, "server"); !strings.HasSuffix(said, "False\n") {
		t.Errorf("the server printed %q, want False: its number is another in the machine's /proc", said)
	}
	blocked := slices.ContainsFunc(all, func(e event.Event) bool {
		return e.Phase == event.PhaseBlocked && strings.HasPrefix(e.Wchan, "inet_csk")
	})
	if !blocked {
		t.Error("no call was seen to sleep in the kernel's inet_csk_accept")
	}
}
