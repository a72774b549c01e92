//go:build linux

package recording_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
	"fivetuple/sandbox/recording/strace"
)

// threads is a program in which calls block while another thread, or a
// child, makes others. Each order is far apart in time.
const threads = `import os, socket, struct, threading, time
wait = struct.pack("ll", 0, 600_000)
u = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
u.bind(("127.0.0.1", 0))
def meanwhile():
    time.sleep(0.2)
    s = socket.socket()
    s.bind(("127.0.0.1", 8080))
    s.listen()
    s.getsockname()
    s.close()
for sleep in (lambda: u.settimeout(0.6), lambda: (u.settimeout(None), u.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, wait))):
    sleep()
    t = threading.Thread(target=meanwhile)
    t.start()
    try:
        u.recvfrom(10)
    except OSError:
        pass
    t.join()
if os.fork() == 0:
    u.sendto(b"to myself", u.getsockname())
    os._exit(0)
os.wait()
print(u.recv(100))
try:
    u.connect(("127.0.0.1", 9))
    u.send(b"x")
    time.sleep(0.1)
    u.send(b"y")
except OSError as e:
    print(e)
u.close()
os.kill(os.getpid(), 9)
`

// about are the calls that are compared: a recording may hold others.
var about = strings.Fields("socket bind listen getsockname setsockopt sendto recvfrom poll connect close")

func only(events []event.Event, names []string) (all []event.Event) {
	for _, e := range events {
		if e.Kind != event.KindCall || slices.Contains(names, e.Name) {
			all = append(all, e)
		}
	}
	return all
}

// TestAgreesWithStrace compares our text with what strace -f prints of the
// same program, where calls are interrupted and resumed.
func TestAgreesWithStrace(t *testing.T) {
	r, err := perform(&lab.Lab{Name: "threads", Topology: lab.Loopback, Wire: event.Wire{Mode: "flow"}, Programs: []lab.Program{
		{Name: "server", Host: "server", File: "server.py", Source: []byte(threads)},
	}})
	if err != nil {
		t.Fatal(err)
	}
	var ours bytes.Buffer
	if err := strace.Write(&ours, only(r.events, about), "server"); err != nil {
		t.Fatal(err)
	}
	want, got := comparable(straced(t, threads)), comparable(withoutSignals(ours.String()))
	if diff := cmp.Diff(want, got); diff != "" || !strings.Contains(ours.String(), "unfinished") {
		t.Errorf("(-strace +ours):\n%s", diff)
	}
}

// withoutSignals leaves out the lines of signals, which come when they come.
func withoutSignals(trace string) string {
	return regexp.MustCompile(`(?m)^\d+ +\S+ --- .*\n`).ReplaceAllString(trace, "")
}

// straced runs a program under strace, outside of any sandbox but in a
// network namespace of its own.
func straced(t *testing.T, source string) string {
	t.Helper()
	dir := t.TempDir()
	file, trace := filepath.Join(dir, "server.py"), filepath.Join(dir, "trace")
	if err := os.WriteFile(file, []byte(source), 0o644); err != nil {
		t.Fatal(err)
	}
	command := fmt.Sprintf("ip link set lo up; exec %s -f -tt -T -yy -s 32 -e trace=%s -o %s /usr/bin/python3 %s",
		tool(t, "strace"), strings.Join(about, ","), trace, file)
	cmd := exec.Command(tool(t, "unshare"), "-Urn", "sh", "-c", command)
	cmd.WaitDelay = 20 * time.Second
	_ = cmd.Run() // the program kills itself
	b, err := os.ReadFile(trace)
	if err != nil {
		t.Fatal(err)
	}
	return aboutSockets(string(b))
}

var annotation = regexp.MustCompile(`(\d)<(?:UDP|TCP)[^>]*(?:->[^>]*)?>`)

// aboutSockets keeps the lines of strace -yy that concern sockets, with what
// was unfinished in them, and the end of the process.
func aboutSockets(trace string) string {
	var kept strings.Builder
	waiting := map[string]bool{} // threads whose call about a socket is unfinished
	first, _, _ := strings.Cut(trace, " ")
	for line := range strings.Lines(trace) {
		thread, rest, _ := strings.Cut(line, " ")
		switch {
		case strings.Contains(rest, "+++"):
			if thread == first {
				kept.WriteString(line)
			}
			continue
		case strings.Contains(rest, " resumed>") && waiting[thread]:
			waiting[thread] = false
		case !annotation.MatchString(line) && !strings.Contains(line, " socket(AF_INET"):
			continue
		case strings.Contains(rest, "<unfinished"):
			waiting[thread] = true
		}
		kept.WriteString(annotation.ReplaceAllString(line, "$1"))
	}
	return kept.String()
}

// varying are the parts of a line that differ from run to run.
var varying = []struct {
	pattern *regexp.Regexp
	with    string
}{
	{regexp.MustCompile(`^(\d+) +\d\d:\d\d:\d\d\.\d{6} `), "$1 TIME "},
	{regexp.MustCompile(` <\d+\.\d{6}>$`), " <DURATION>"},
	{regexp.MustCompile(`(SO_RCVTIMEO\w*, )("[^"]*"|\{[^}]*\})`), "${1}TIME"}, // strace leaves it as bytes
	{regexp.MustCompile(`0x[0-9a-f]+`), "PTR"},
	{regexp.MustCompile(`htons\((3[2-9]|[45]\d|6[0-5])\d{3}\)`), "htons(EPHEMERAL)"},
	{regexp.MustCompile(` += `), " = "}, // annotations moved it; see TestForm of package strace
}

// comparable is a trace without what differs from run to run; threads are
// numbered as they appear.
func comparable(trace string) (all []string) {
	var seen []string
	for _, line := range lines(trace) {
		for _, v := range varying {
			line = v.pattern.ReplaceAllString(line, v.with)
		}
		thread, rest, _ := strings.Cut(line, " ")
		if !slices.Contains(seen, thread) {
			seen = append(seen, thread)
		}
		all = append(all, fmt.Sprintf("thread %d %s", slices.Index(seen, thread), rest))
	}
	return all
}
