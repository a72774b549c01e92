//go:build linux

package sandbox_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"testing"
	"testing/fstest"

	"golang.org/x/sys/unix"

	"fivetuple/sandbox"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
)

// signalingPy sends every signal in every way to everybody it can name, but
// for what would end itself, and says at the end that it is still there.
var signalingPy = fmt.Sprintf("TKILL, TGKILL, RT_SIGQUEUEINFO, RT_TGSIGQUEUEINFO, PIDFD_SEND_SIGNAL, IOPRIO_SET = %d, %d, %d, %d, %d, %d\n",
	unix.SYS_TKILL, unix.SYS_TGKILL, unix.SYS_RT_SIGQUEUEINFO, unix.SYS_RT_TGSIGQUEUEINFO, unix.SYS_PIDFD_SEND_SIGNAL, unix.SYS_IOPRIO_SET) + `import ctypes, fcntl, os, signal, socket
libc = ctypes.CDLL(None)

class Info(ctypes.Structure):
    _fields_ = [("number", ctypes.c_int), ("errno", ctypes.c_int), ("code", ctypes.c_int), ("rest", ctypes.c_byte * 116)]

def attempt(f, *args):
    try:
        return f(*args)
    except OSError:
        return -1

numbers = [n for n in range(1, 65) if n not in (signal.SIGKILL, signal.SIGSTOP, signal.SIGCHLD, 32, 33)]
for n in numbers:
    signal.signal(n, signal.SIG_IGN)
everybody = [1, os.getppid(), *range(2, 40)]
try:
    everybody += map(int, os.listdir(f"/proc/{os.getppid()}/task"))
except OSError:
    pass
others = [p for p in everybody if p != os.getpid()]
for n in numbers:
    attempt(os.kill, 0, n)
    attempt(os.kill, -1, n)
    for p in 1, os.getppid(), os.getpgid(0):
        attempt(os.killpg, p, n)
    for p in others:
        attempt(os.kill, p, n)
        libc.syscall(TKILL, p, n)
        libc.syscall(TGKILL, os.getppid(), p, n)
        libc.sigqueue(p, n, 0)
        info = Info(n, 0, -5)                    # as if it came of a file
        libc.syscall(RT_SIGQUEUEINFO, p, n, ctypes.byref(info))
        libc.syscall(RT_TGSIGQUEUEINFO, os.getppid(), p, n, ctypes.byref(info))
        fd = attempt(os.pidfd_open, p)
        if fd >= 0:
            libc.syscall(PIDFD_SEND_SIGNAL, fd, n, ctypes.byref(info), 0)
            attempt(signal.pidfd_send_signal, fd, n)
            os.close(fd)
    fd = attempt(os.open, f"/proc/{os.getppid()}", os.O_RDONLY)
    if fd >= 0:
        libc.syscall(PIDFD_SEND_SIGNAL, fd, n, ctypes.byref(Info(n, 0, -5)), 0)
        os.close(fd)
    a, b = socket.socketpair()                   # the kernel sends one when there is something to read
    for owner in 1, os.getppid(), -os.getpgid(os.getppid()):
        attempt(fcntl.fcntl, a, fcntl.F_SETOWN, owner)
        attempt(fcntl.fcntl, a, fcntl.F_SETSIG, n)
        attempt(fcntl.fcntl, a, fcntl.F_SETFL, os.O_ASYNC)
        b.send(b"x")
for p in 1, os.getppid():
    for n in signal.SIGSTOP, signal.SIGKILL:
        attempt(os.kill, p, n)
        attempt(os.killpg, p, n)
attempt(os.setpgid, 0, os.getpgid(os.getppid()))
for which, who in (1, 0), (1, os.getpgid(os.getppid())), (2, os.getuid()):
    libc.setpriority(which, who, 19)
    libc.syscall(IOPRIO_SET, which + 1, who, 3 << 13)   # idle
print("still there")
`

// own is a lab of one program that counts as the course's.
func own(t *testing.T, source string) *lab.Lab {
	t.Helper()
	l, err := lab.Load(fstest.MapFS{
		"labs/own/lab.yaml":  {Data: []byte("title: {en: Own}\ntopology: loopback\nprograms: [{name: server, file: server.py}]\n")},
		"labs/own/server.py": {Data: []byte(source)},
	}, "labs/own")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// as runs this test again in a process of another user on a machine that
// refuses these calls. What it does to its process group it does to itself.
func as(t *testing.T, uid int, refusals ...refusal) bool {
	t.Helper()
	if os.Getenv(refusalsEnv) != "" {
		return true
	}
	b, err := json.Marshal(refusals)
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command("/proc/self/exe")
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if uid != os.Getuid() {
		c.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(uid)}
	}
	again(t, c, refusalsEnv+"="+string(b))
	return false
}

// TestSignalsStayInside: a program signals everybody in every way. Neither the
// server nor a neighbour nor its own worker notices, whoever runs the server
// and on both tiers.
func TestSignalsStayInside(t *testing.T) {
	users := map[string]int{"server of this user": os.Getuid()}
	if os.Getuid() == 0 || os.Getenv(refusalsEnv) != "" {
		users = map[string]int{"server of root": 0, "server of an ordinary user": 65533}
	}
	for name, uid := range users {
		for tier, machine := range map[string][]refusal{"namespaces": {}, "shared": noUserNamespaces} {
			t.Run(name+"/"+tier, func(t *testing.T) {
				if !as(t, uid, machine...) {
					return
				}
				signaled := make(chan os.Signal, 100)
				for n := unix.Signal(1); n < 65; n++ {
					if n != unix.SIGCHLD && n != unix.SIGURG && n != unix.SIGPIPE { // our own children's, our own runtime's
						signal.Notify(signaled, n)
					}
				}
				neighbour(t, func() {
					all := run(t, own(t, signalingPy), nil)
					finished(t, all)
					if got := printed(all, "server"); got != "still there\n" {
						t.Errorf("it printed %q", got)
					}
				})
				signal.Stop(signaled)
				if len(signaled) > 0 {
					t.Errorf("the server got %v", <-signaled)
				}
				if nice, err := unix.Getpriority(unix.PRIO_PROCESS, 0); err != nil || nice != 20 { // 20 - nice
					t.Errorf("the server's priority is %d (%v), want 20", nice, err)
				}
			})
		}
	}
}

// neighbour runs a sandbox before, while and after f does something, and
// fails unless it is as it would be alone.
func neighbour(t *testing.T, f func()) {
	t.Helper()
	l := own(t, "import os, socket\na, b = socket.socketpair()\nprint('ready', flush=True)\na.send(input().encode())\nprint(b.recv(9), os.getpriority(os.PRIO_PROCESS, 0))\n")
	done := false
	all := run(t, l, func(s *sandbox.Sandbox, e event.Event) {
		if e.Kind == event.KindPrint && !done {
			done = true
			f()
			s.Command(event.Command{Verb: event.VerbInput, Program: "server", Text: "here"})
		}
		if e.Kind == event.KindSignal {
			t.Errorf("the neighbour got %s", e.Signal)
		}
	})
	finished(t, all)
	if got := printed(all, "server"); got != "ready\nb'here' 0\n" {
		t.Errorf("the neighbour printed %q", got)
	}
}

// TestSharedWithoutFolder: on the tier shared a worker that cannot even make
// its folder ends nobody but itself.
func TestSharedWithoutFolder(t *testing.T) {
	if !asOrdinary(t) {
		return
	}
	t.Setenv("TMPDIR", "/nonexistent")
	ended(t, run(t, own(t, "pass\n"), nil), event.EndWorkerDied)
}

// TestSharedWithinLimits: an ordinary user has fewer processes and descriptors
// than a lab would give its programs, and may not raise these limits.
func TestSharedWithinLimits(t *testing.T) {
	if !asOrdinary(t) {
		return
	}
	for resource, max := range map[int]uint64{unix.RLIMIT_NPROC: 4000, unix.RLIMIT_NOFILE: 200, unix.RLIMIT_CPU: 8} {
		if err := unix.Setrlimit(resource, &unix.Rlimit{Cur: max, Max: max}); err != nil {
			t.Fatal(err)
		}
	}
	all := run(t, own(t, "import resource as r\nprint(r.getrlimit(r.RLIMIT_NPROC), r.getrlimit(r.RLIMIT_NOFILE), r.getrlimit(r.RLIMIT_CPU))\n"), nil)
	finished(t, all)
	if got := printed(all, "server"); got != "(4000, 4000) (200, 200) (8, 8)\n" {
		t.Errorf("the program has the limits %s", got)
	}
}

// asOrdinary is as of an ordinary user on the tier shared.
func asOrdinary(t *testing.T) bool {
	t.Helper()
	uid := os.Getuid()
	if uid == 0 || os.Getenv(refusalsEnv) != "" {
		uid = 65533
	}
	return as(t, uid, noUserNamespaces...)
}
