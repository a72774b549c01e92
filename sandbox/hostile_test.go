//go:build linux

package sandbox_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sys/unix"

	"fivetuple/sandbox"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
)

// bombs take all that they can get of something, and print what stopped
// them.
var bombs = map[string]struct{ source, said string }{
	"processes": {`import os, time
n = 0
try:
    while True:
        if os.fork() == 0:
            time.sleep(60)
            os._exit(0)
        n += 1
except OSError as e:
    print(n < 120, e.strerror)
os.kill(-1, 9)
`, "True Resource temporarily unavailable"},
	"processes of processes": {`import os
try:
    while True:
        os.fork()
except OSError as e:
    print(e.strerror, flush=True)
    os.kill(-1, 9)
`, "Resource temporarily unavailable"},
	"threads": {`import os, threading, time
n = 0
try:
    while True:
        threading.Thread(target=time.sleep, args=(60,)).start()
        n += 1
except RuntimeError as e:
    print(n < 120, e, flush=True)
os._exit(0)
`, "True can't start new thread"},
	"descriptors": {`import socket
kept = []
try:
    while True:
        kept.append(socket.socket())
except OSError as e:
    print(len(kept) < 256, e.strerror)
`, "True Too many open files"},
	"disk": {`n = 0
try:
    for i in range(100):
        with open(f"/tmp/{i}", "wb") as f:
            for _ in range(64):
                n += f.write(bytes(1 << 20))
                f.flush()
except OSError as e:
    print(n <= 16 << 20, e.strerror)
`, "True No space left on device"},
	"files": {`n = 0
try:
    while True:
        open(f"/tmp/{n}", "w").close()
        n += 1
except OSError as e:
    print(n <= 4096, e.strerror)
`, "True No space left on device"},
	"files beside": {`n = 0
try:
    while True:
        open(f"/run/{n}", "w").close()
        n += 1
except OSError as e:
    print(n <= 256, e.strerror)
`, "True No space left on device"},
	"memory that no limit counts": {`import mmap, os
def take(what, *args):
    try:
        print(what(*args))
    except OSError as e:
        print(e.strerror)
take(os.memfd_create, "hidden")
take(mmap.mmap, -1, 4096)
take(os.open, "/dev/zero", os.O_RDWR)
with open("/tmp/counted", "w+b") as f:
    f.truncate(4096)
    print(len(mmap.mmap(f.fileno(), 4096)))
`, "Function not implemented\nOperation not permitted\nPermission denied\n4096"},
}

func TestBombs(t *testing.T) {
	for name, bomb := range bombs {
		t.Run(name, func(t *testing.T) {
			l := alone(bomb.source)
			l.Limits.Time = 20 * time.Second
			all := run(t, l, nil)
			finished(t, all)
			if got := printed(all, "server"); !strings.HasPrefix(got, bomb.said) {
				t.Errorf("printed %q, want %q", got, bomb.said)
			}
		})
	}
}

// endThread ends the thread that is at it, and not its process.
var endThread = fmt.Sprintf("import ctypes\nctypes.CDLL(None).syscall(%d, 0)\n", unix.SYS_EXIT)

// TestMemoryOfAll takes little memory in each of many processes, or memory that
// is not counted where one looks first: together it is in a limit too.
func TestMemoryOfAll(t *testing.T) {
	for name, source := range map[string]string{
		"processes": `import os, time
for _ in range(20):
    if os.fork() == 0:
        kept = bytearray(b"x" * (20 << 20))
        time.sleep(60)
time.sleep(60)
`,
		"a first thread that has ended": `import mmap, threading, time
def take():
    m = mmap.mmap(-1, 200 << 20, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    for at in range(0, 200 << 20, 4096):
        m[at] = 1
    time.sleep(60)
threading.Thread(target=take).start()
` + endThread,
		"pipes of a process whose first thread has ended": `import os, threading, time
for _ in range(24):
    if os.fork() == 0:
        break
def take():
    for _ in range(110):
        r, w = os.pipe()
        os.set_blocking(w, False)
        os.write(w, bytes(64 << 10))
    time.sleep(60)
threading.Thread(target=take).start()
` + endThread,
		"tables of pages": `import mmap, time
m = mmap.mmap(-1, 128 << 30, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x4000, mmap.PROT_READ)
for at in range(0, 128 << 30, 2 << 20):
    m[at]
time.sleep(60)
`,
		"Unix-domain sockets": `import os, socket, time
for _ in range(12):
    if os.fork() == 0:
        break
kept = []
for _ in range(100):
    kept += socket.socketpair()
    for s in kept[-2:]:
        s.setblocking(False)
        s.send(bytes(200 << 10))
time.sleep(60)
`,
		"senders that are closed": `import os, socket, time
for _ in range(12):
    if os.fork() == 0:
        break
kept = []
for n in range(100):
    a, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    a.send(bytes(200 << 10))
    kept.append(b)
time.sleep(60)
`,
		"connections that nobody accepts": `import socket, time
l = socket.create_server(("", 8080), backlog=4000)
while True:
    c = socket.create_connection(("127.0.0.1", 8080))
    c.setblocking(False)
    try:
        while True:
            c.send(bytes(64 << 10))
    except BlockingIOError:
        pass
    c.close()
`,
		"pipes": `import fcntl, os, time
try:
    fcntl.fcntl(os.pipe()[1], fcntl.F_SETPIPE_SZ, 1 << 20)
    print("a large pipe")
except PermissionError:
    pass
for _ in range(24):
    if os.fork() == 0:
        break
for _ in range(110):
    r, w = os.pipe()
    os.set_blocking(w, False)
    os.write(w, bytes(64 << 10))
time.sleep(60)
`,
	} {
		t.Run(name, func(t *testing.T) {
			l := alone(source)
			l.Limits.AllMemory = 100 << 20
			all := run(t, l, nil)
			finished(t, all)
			if got := exit(t, all, "server"); got.Limit != event.LimitMemory || got.Signal != "SIGKILL" {
				t.Errorf("exit %+v, want limit memory", got)
			}
			if got := printed(all, "server"); got != "" {
				t.Errorf("it printed %q", got)
			}
		})
	}
}

// TestNeighbourOfBombs runs a lab beside every bomb: it ends as it would
// alone.
func TestNeighbourOfBombs(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	var neighbours sync.WaitGroup
	for _, bomb := range bombs {
		l := alone(bomb.source)
		l.Limits.Time = 10 * time.Second
		s, err := sandbox.Start(ctx, l)
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

// TestFullTmp: a program that has filled its /tmp leaves its neighbour's as
// it is.
func TestFullTmp(t *testing.T) {
	full := make(chan struct{})
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	s, err := sandbox.Start(ctx, alone(`n, f = 0, open("/tmp/full", "wb", buffering=0)
try:
    while True:
        n += f.write(bytes(1 << 16))
except OSError as e:
    print(n == 16 << 20, e.strerror, flush=True)
input()
`))
	if err != nil {
		t.Fatal(err)
	}
	var said string
	var filler sync.WaitGroup
	filler.Go(func() {
		defer close(full)
		for b := range s.Events() {
			var e event.Event
			if json.Unmarshal(b, &e) == nil && e.Kind == event.KindPrint && said == "" {
				said = e.Text
				full <- struct{}{}
			}
		}
	})
	<-full
	if said != "True No space left on device\n" {
		t.Errorf("it printed %q", said)
	}
	if got := inside(t, `print(open("/tmp/full", "xb").write(bytes(15 << 20)) == 15 << 20)`); got != "True" {
		t.Errorf("its neighbour printed %q", got)
	}
	stop()
	filler.Wait()
}

// TestDescriptorsOnTheirWay: a program has as many descriptors on their way to
// others as it may. The kernel counts them for its user, which a neighbour's
// programs are not.
func TestDescriptorsOnTheirWay(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("a server that is not root has one user for all sandboxes: see SECURITY.md")
	}
	const pass = `import array, socket
def passed(n):
    kept.extend(socket.socketpair())
    kept[-1].sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [0] * n))])
kept = []
`
	full := false
	all := run(t, alone(pass+"try:\n    while True: passed(200)\nexcept OSError as e: print(e.strerror, flush=True)\ninput()\n"), func(s *sandbox.Sandbox, e event.Event) {
		if e.Kind != event.KindPrint || full {
			return
		}
		full = true
		if got := inside(t, pass+"passed(1)\nprint('passed')\n"); got != "passed" {
			t.Errorf("its neighbour printed %q", got)
		}
		s.Stop(event.EndStopped)
	})
	ended(t, all, event.EndStopped)
	if got := printed(all, "server"); got != "Too many references: cannot splice\n" {
		t.Errorf("it printed %q", got)
	}
}

// TestReach tries to get at what is not the sandbox's: system calls, files of
// the worker, sockets of other families.
func TestReach(t *testing.T) {
	const libc = "import ctypes, os\nlibc = ctypes.CDLL(None, use_errno=True)\n"
	failed := func(call string) string {
		return libc + "print(libc." + call + ", os.strerror(ctypes.get_errno()))\n"
	}
	caught := func(code string) string {
		return "import os, signal, socket\ntry:\n    print(" + code + ")\nexcept OSError as e: print(e.strerror)\n"
	}
	tests := []struct{ name, source, want string }{
		{"io_uring", failed("syscall(425, 8, 0)"), "-1 Operation not permitted"},
		{"user namespace", failed("unshare(0x10000000)"), "-1 Operation not permitted"},
		{"child that is not traced", failed(fmt.Sprintf("syscall(%d, 0x800011, 0, 0, 0, 0)", unix.SYS_CLONE)), "-1 Operation not permitted"},
		{"clone3", failed("syscall(435, 0, 0)"), "-1 Function not implemented"},
		{"attach", failed("ptrace(16, os.getppid(), 0, 0)"), "-1 Operation not permitted"},
		{"memory of others", failed("process_vm_readv(1, 0, 0, 0, 0, 0)"), "-1 Operation not permitted"},
		{"descriptors of others", failed("syscall(438, 0, 0, 0)"), "-1 Operation not permitted"},
		{"perf", failed(fmt.Sprintf("syscall(%d, 0, 0, -1, -1, 0)", unix.SYS_PERF_EVENT_OPEN)), "-1 Operation not permitted"},
		{"bpf", failed(fmt.Sprintf("syscall(%d, 0, 0, 0)", unix.SYS_BPF)), "-1 Operation not permitted"},
		{"hide from the worker", failed("prctl(4, 0, 0, 0, 0)"), "-1 Operation not permitted"},
		{"environment of the worker", caught("open('/proc/1/environ').read()"), "Permission denied"},
		{"memory of the worker", caught("open('/proc/1/mem', 'rb').read(1)"), "Permission denied"},
		{"root of the worker", caught("os.listdir('/proc/1/root')"), "Permission denied"},
		{"descriptors of the worker", caught("open('/proc/1/fd/4', 'w')"), "Permission denied"},
		{"kill the worker", caught("os.kill(1, signal.SIGKILL), os.kill(1, 0)"), "None None"},
		{"packet socket", caught("socket.socket(socket.AF_PACKET, socket.SOCK_RAW)"), "Operation not permitted"},
		{"raw socket", caught("socket.socket(socket.AF_INET6, socket.SOCK_RAW, 58)"), "Operation not permitted"},
		{"virtual machine's host", caught("socket.socket(40, socket.SOCK_STREAM)"), "Address family not supported by protocol"},
		{"table of its lines", "import os, socket\nos.truncate('/run/lines/server', 0); socket.socket()\nprint('there')\n", "there"},
		{"settings of the kernel", caught("open('/proc/sys/kernel/core_pattern', 'w')"), "Permission denied"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := inside(t, tt.source); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// TestNotAllowed: a call that no program of a lab may make is told where it is
// made, with its error, and once why.
func TestNotAllowed(t *testing.T) {
	const inC = `#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <unistd.h>

static void tell(long result) { printf("%ld %d\n", result, errno), fflush(stdout); }

static void *thread(void *unused)
{
	tell(syscall(SYS_io_uring_setup, 8, 0));
	return unused;
}

int main(void)
{
	pthread_t t;
	tell(unshare(CLONE_NEWNET));
	tell(syscall(SYS_memfd_create, "x", 0));
	tell((long)mmap(NULL, 4096, PROT_READ, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
	pthread_create(&t, NULL, thread, NULL);
	pthread_join(t, NULL);
	for (int i = 0; i < 2; i++)
		tell(mount("x", "/tmp", "tmpfs", 0, ""));
	if (fork() == 0)
		tell(ptrace(PTRACE_TRACEME, 0, 0, 0));
}
`
	const inPython = `import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
def call(name, *args): print(getattr(libc, name)(*args), ctypes.get_errno(), flush=True)
call("unshare", 0x40000000)
try:
    os.memfd_create("x")
except OSError as e:
    print(-1, e.errno, flush=True)
call("mmap", 0, 4096, 1, 0x21, -1, 0)
call("syscall", 425, 8, 0)
for _ in range(2):
    call("mount", b"x", b"/tmp", b"tmpfs", 0, b"")
if os.fork() == 0:
    call("ptrace", 0, 0, 0, 0)
`
	tests := []struct {
		file, source string
		lines        []int // of each call
	}{
		{"server.c", inC, []int{23, 24, 25, 16, 29, 29, 31}},
		{"server.py", inPython, []int{3, 6, 3, 3, 3, 3, 3}},
	}
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			l := alone(tt.source)
			l.Programs[0].File = tt.file
			all := run(t, l, nil)
			finished(t, all)
			if got := printed(all, "server"); got != "-1 1\n-1 38\n-1 1\n-1 1\n-1 1\n-1 1\n-1 1\n" {
				t.Errorf("it printed %q", got)
			}
			var calls, notes []string
			for _, e := range all {
				switch {
				case e.Kind == event.KindCall && e.Phase == event.PhaseReturn && slices.Contains([]string{"unshare", "memfd_create", "mmap", "io_uring_setup", "mount", "ptrace"}, e.Name):
					if n := len(calls); n < len(tt.lines) && e.Line != tt.lines[n] {
						t.Errorf("%s is told at line %d, want %d", e.Name, e.Line, tt.lines[n])
					}
					calls = append(calls, fmt.Sprintf("%s %d %s", e.Name, *e.Result, e.Errno))
				case e.Kind == event.KindNote:
					notes = append(notes, e.Program+" "+e.Text+" "+e.Error)
				}
			}
			if diff := cmp.Diff([]string{"unshare -1 EPERM", "memfd_create -1 ENOSYS", "mmap -1 EPERM", "io_uring_setup -1 EPERM", "mount -1 EPERM", "mount -1 EPERM", "ptrace -1 EPERM"}, calls); diff != "" {
				t.Errorf("calls (-want +got):\n%s", diff)
			}
			want := []string{"server not-allowed unshare", "server not-allowed memfd_create", "server not-allowed mmap(MAP_SHARED|MAP_ANONYMOUS)", "server not-allowed io_uring_setup", "server not-allowed mount", "server not-allowed ptrace"}
			if diff := cmp.Diff(want, notes); diff != "" {
				t.Errorf("notes (-want +got):\n%s", diff)
			}
		})
	}
}

// TestAddresses connects to every kind of address that could be somebody's,
// the machine's own among them: there is nobody.
func TestAddresses(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	abstract, err := net.Listen("unix", "@fivetuple-test-"+strconv.Itoa(listener.Addr().(*net.TCPAddr).Port))
	if err != nil {
		t.Fatal(err)
	}
	defer abstract.Close()
	addresses := []string{
		"10.1.2.3", "172.16.0.1", "172.17.0.1", "192.168.0.1", "192.168.65.2", "100.64.0.1", "169.254.169.254", "169.254.170.2", "168.63.129.16",
		"8.8.8.8", "224.0.0.1", "255.255.255.255", "fd00:ec2::254", "fd12::1", "fe80::1", "2001:4860:4860::8888", "::ffff:169.254.169.254",
	}
	own, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range own {
		if ip := a.(*net.IPNet).IP; !ip.IsLoopback() {
			addresses = append(addresses, ip.String())
		}
	}
	source := fmt.Sprintf(`import errno, socket
for a in %s:
    s = socket.socket(socket.AF_INET6 if ":" in a else socket.AF_INET)
    s.settimeout(2)
    try:
        s.connect((a, 80))
        print("connected to", a)
    except OSError as e:
        if e.errno not in (errno.ENETUNREACH, errno.EINVAL):
            print(a, e)
for kind, a in (socket.AF_INET, ("127.0.0.1", %d)), (socket.AF_UNIX, "\0%s"):
    try:
        socket.socket(kind).connect(a)
        print("connected to", a)
    except ConnectionRefusedError:
        pass
print("nobody")
`, pythonList(addresses), listener.Addr().(*net.TCPAddr).Port, strings.TrimPrefix(abstract.Addr().String(), "@"))
	if got := inside(t, source); got != "nobody" {
		t.Error(got)
	}
}

func pythonList(words []string) string { return `["` + strings.Join(words, `", "`) + `"]` }
