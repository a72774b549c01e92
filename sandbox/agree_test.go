//go:build linux

package sandbox_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
)

// tool is the path of a program that the tests need.
func tool(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Fatalf("%s is needed: make test installs it", name)
	}
	return path
}

// varying are the parts of a line of strace that differ from run to run:
// pointers and ephemeral ports.
var varying = []struct {
	pattern *regexp.Regexp
	with    string
}{
	{regexp.MustCompile(`0x[0-9a-f]+`), "PTR"},
	{regexp.MustCompile(`htons\((3[2-9]|[45]\d|6[0-5])\d{3}\)`), "htons(EPHEMERAL)"},
	{regexp.MustCompile(`\(\'[0-9.]+\', \d+\)`), "(ADDRESS)"},
	{regexp.MustCompile(`\s+= `), " = "},
	{regexp.MustCompile(` \([A-Z][a-z].*\)$`), ""}, // strace explains an errno in words
}

func steady(line string) string {
	for _, v := range varying {
		line = v.pattern.ReplaceAllString(line, v.with)
	}
	return line
}

// calls are the calls of a program as strace would print them.
func calls(all []event.Event, program string) (lines []string) {
	for _, e := range all {
		if e.Kind != event.KindCall || e.Phase != event.PhaseReturn || e.Program != program {
			continue
		}
		result := fmt.Sprint(*e.Result)
		if e.Errno != "" {
			result += " " + e.Errno
		}
		if e.Text != "" {
			result += " " + e.Text
		}
		lines = append(lines, steady(fmt.Sprintf("%s(%s) = %s", e.Name, strings.Join(e.Args, ", "), result)))
	}
	return lines
}

// straced runs both programs on loopback under strace, outside of any
// sandbox of ours but in a network namespace of their own, and returns the
// lines about sockets of each.
func straced(t *testing.T, programs []lab.Program) map[string][]string {
	t.Helper()
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	script := "ip link set lo up\n"
	for _, p := range programs {
		source := bytes.ReplaceAll(p.Source, []byte(`"server"`), []byte(`"127.0.0.1"`))
		if err := os.WriteFile(filepath.Join(dir, p.File), source, 0o644); err != nil {
			t.Fatal(err)
		}
		script += fmt.Sprintf("strace -o %s/%s.trace -e trace=network,read,write,readv,writev,close,poll,ppoll,select,pselect6,dup,dup2,dup3,fcntl,ioctl,sendfile,splice -yy -s 32 /usr/bin/python3 %s/%s >/dev/null 2>&1 &\n", dir, p.Name, dir, p.File)
		if p.Name == "server" { // the client connects when it listens
			script += "n=0; until ss -Htln | grep -q 8080 || [ $n = 500 ]; do n=$((n+1)); done\n"
		}
	}
	cmd := exec.Command("unshare", "-Urn", "sh", "-c", script+"wait")
	cmd.WaitDelay = 20 * time.Second
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v", out, err)
	}
	lines := map[string][]string{}
	for _, p := range programs {
		b, err := os.ReadFile(filepath.Join(dir, p.Name+".trace"))
		if err != nil {
			t.Fatal(err)
		}
		lines[p.Name] = aboutSockets(string(b))
	}
	return lines
}

var annotated = regexp.MustCompile(`(\d+)<(?:[A-Za-z0-9]+:\[[^\]]*(?:\]:\d+[^\]]*)*\]|[^>]*)>`)

// aboutSockets keeps the lines of strace -yy that concern TCP and UDP
// sockets, without the annotations by which they are known.
func aboutSockets(trace string) (lines []string) {
	for line := range strings.Lines(trace) {
		line = strings.TrimSpace(line)
		if !strings.Contains(line, "<TCP") && !strings.Contains(line, "<UDP") && !strings.Contains(line, "socket(AF_INET") {
			continue
		}
		lines = append(lines, steady(annotated.ReplaceAllString(line, "$1")))
	}
	return lines
}

func TestCallsAgreeWithStrace(t *testing.T) {
	for _, name := range []string{"strace", "unshare", "ss", "ip"} {
		tool(t, name)
	}
	for _, name := range []string{"echo", "options", "udp", "errors"} {
		t.Run(name, func(t *testing.T) {
			l := echo(lab.Loopback)
			if name != "echo" {
				l.Programs = agreeing[name]
			}
			all := run(t, l, nil)
			finished(t, all)
			want := straced(t, l.Programs)
			for _, p := range l.Programs {
				if diff := cmp.Diff(want[p.Name], calls(all, p.Name)); diff != "" {
					t.Errorf("%s (-strace +ours):\n%s", p.Name, diff)
				}
			}
		})
	}
}

var agreeing = map[string][]lab.Program{
	"options": {{Name: "server", Host: "server", File: "server.py", Source: []byte(`import socket
s = socket.socket()
s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
print(s.getsockopt(socket.SOL_SOCKET, socket.SO_TYPE))
s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
s.bind(("127.0.0.1", 8080))
print(s.getsockname())
s.listen()
s.settimeout(0.05)
try:
    s.accept()
except TimeoutError:
    pass
s.shutdown(socket.SHUT_RDWR)
s.close()
`)}},
	"udp": {{Name: "server", Host: "server", File: "server.py", Source: []byte(`import socket
a = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
a.bind(("127.0.0.1", 8080))
b = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
b.sendto(b"0123456789 and more than thirty-two bytes", ("127.0.0.1", 8080))
b.sendto(b"\x001\n\"", ("127.0.0.1", 8080))
print(a.recvfrom(4))
print(a.recv(100, socket.MSG_PEEK | socket.MSG_DONTWAIT))
b.connect(("127.0.0.1", 8080))
b.send(b"")
d = a.dup()
a.close()
d.close()
b.close()
`)}},
	"errors": {{Name: "server", Host: "server", File: "server.py", Source: []byte(`import socket
s = socket.socket()
u = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for f in (lambda: s.connect(("127.0.0.1", 9)), lambda: s.bind(("192.0.2.1", 1024)), lambda: s.recv(1), lambda: s.getpeername(), u.listen):
    try:
        f()
    except OSError as e:
        print(e)
x = socket.socket(socket.AF_INET6)
try:
    x.connect(("::1", 9))
except OSError as e:
    print(e)
`)}},
}

// manyCalls makes calls of many kinds, one after another.
const manyCalls = `import array, os, select, socket, struct, time
a, b = socket.socketpair()
a.sendmsg([b"hello", b" there"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [a.fileno()]))])
data, ancillary, flags, address = b.recvmsg(100, socket.CMSG_SPACE(4))
os.close(array.array("i", ancillary[0][2])[0])
poller = select.epoll()
poller.register(b, select.EPOLLIN)
a.send(b"x")
poller.poll(1)
poller.close()
select.select([b], [], [], 1)
c = os.dup(a.fileno())
os.close(c)
r, w = os.pipe()
os.write(w, b"y")
os.read(r, 1)
b.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 2))
b.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
b.getsockopt(socket.SOL_SOCKET, socket.SO_TYPE)
b.setblocking(False)
u = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
u.bind("\0name")
u.getsockname()
u.close()
t = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
t.setsockopt(socket.IPPROTO_TCP, socket.TCP_CONGESTION, b"reno")
t.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
t.bind(("::1", 8080))
t.close()
b.close()
try:
    a.send(b"z")
except BrokenPipeError:
    pass
a.close()
time.sleep(0.01)
pid = os.fork()
if pid == 0:
    os._exit(3)
os.waitpid(pid, 0)
`

// ownDescriptor is a descriptor with what strace -yy says of it, of those
// kinds that are shown; a line about others is not.
var ownDescriptor = regexp.MustCompile(`(\d+)<(?:UNIX[^\]]*\](?:,[^>]*)?|(?:TCP|UDP)[^>]*(?:->[^>]*)?|pipe:\[\d+\]|anon_inode:\[[a-z]+\])>`)

// TestManyCallsAgreeWithStrace compares, line by line, also what is no
// socket: pipes, processes, sleeping, signals.
func TestManyCallsAgreeWithStrace(t *testing.T) {
	tool(t, "strace")
	dir := t.TempDir()
	program := filepath.Join(dir, "server.py")
	if err := os.WriteFile(program, []byte(manyCalls), 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("strace", "-f", "-yy", "-s", "32", "-o", dir+"/trace", "-e",
		"trace=network,read,write,close,poll,select,pselect6,epoll_create1,epoll_ctl,epoll_wait,pipe2,dup,clone,fork,vfork,wait4,clock_nanosleep,exit_group,fcntl,ioctl",
		"/usr/bin/python3", program).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	trace, err := os.ReadFile(dir + "/trace")
	if err != nil {
		t.Fatal(err)
	}
	all := run(t, alone(manyCalls), nil)
	finished(t, all)
	if diff := cmp.Diff(ownLines(string(trace)), shownLines(all)); diff != "" {
		t.Errorf("(-strace +ours):\n%s", diff)
	}
}

var numbersOfTasks = regexp.MustCompile(`si_pid=\d+|si_uid=\d+|pid=\d+|uid=\d+|gid=\d+|si_[us]time=\d+|u64=\d+|tv_n?sec=\d+`)

// plain leaves out of a line what differs from run to run.
func plain(line string) string {
	line = numbersOfTasks.ReplaceAllString(line, "NUMBER")
	line = strings.Replace(line, "[1869505906]", `"reno"`, 1) // what has four bytes strace takes for a number
	line = regexp.MustCompile(`(wait4\(|clone\(.*= |fork\(\) += )\d+(.*)`).ReplaceAllString(line, "${1}PID$2")
	line = regexp.MustCompile(` = \d+( |$)`).ReplaceAllStringFunc(line, func(s string) string {
		if strings.HasPrefix(line, "wait4") {
			return " = PID"
		}
		return s
	})
	return strings.TrimSpace(steady(line))
}

// ownLines are the lines of strace about what a program does itself, from its
// first call about a socket on.
func ownLines(trace string) (lines []string) {
	begun := false
	var unfinished string
	for line := range strings.Lines(trace) {
		_, line, _ = strings.Cut(strings.TrimSpace(line), " ") // the process's number
		line = strings.TrimSpace(line)
		begun = begun || strings.HasPrefix(line, "socketpair(")
		if start, ok := strings.CutSuffix(line, " <unfinished ...>"); ok {
			unfinished = start
			continue
		}
		if _, rest, ok := strings.Cut(line, " resumed>"); ok {
			line = unfinished + rest
		}
		known := ownDescriptor.ReplaceAllString(line, "$1")
		files := strings.HasPrefix(line, "read(") || strings.HasPrefix(line, "close(") || strings.HasPrefix(line, "write(") || strings.HasPrefix(line, "fcntl(") || strings.HasPrefix(line, "ioctl(")
		if !begun || files && known == line || strings.HasPrefix(line, "+++") || strings.HasPrefix(line, "--- SIGCHLD") || strings.HasPrefix(line, "exit_group") {
			continue
		}
		lines = append(lines, plain(known))
	}
	return lines
}

// shownLines are our lines of the same.
func shownLines(all []event.Event) (lines []string) {
	for _, e := range all {
		switch {
		case e.Kind == event.KindSignal && e.Signal != "SIGCHLD": // which comes when it comes
			lines = append(lines, plain("--- "+e.Signal+" "+e.Text+" ---"))
		case e.Kind == event.KindCall && e.Phase == event.PhaseReturn:
			result := fmt.Sprint(*e.Result)
			if e.Errno != "" {
				result += " " + e.Errno
			}
			if e.Text != "" {
				result += " " + e.Text
			}
			lines = append(lines, plain(fmt.Sprintf("%s(%s) = %s", e.Name, strings.Join(e.Args, ", "), result)))
		}
	}
	return lines
}
