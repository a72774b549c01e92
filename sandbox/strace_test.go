//go:build linux

package sandbox_test

import (
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"fivetuple/sandbox/call"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
)

// differing are the parts of strace's lines that differ from run to run,
// beside those of varying, and the values that strace leaves undecoded.
var differing = []struct {
	pattern *regexp.Regexp
	with    string
}{
	{regexp.MustCompile(`= (0x[0-9a-f]+|\d+) \(flags`), "= N (flags"},
	{regexp.MustCompile(`\[0x[0-9a-f]+\]`), "[HEX]"},
	{regexp.MustCompile(`tv_sec=\d{9,}, tv_([un])sec=\d+`), "tv_sec=NOW, tv_${1}sec=NOW"},
	{regexp.MustCompile(`left \{[^}]*\}`), "left {}"},
	{regexp.MustCompile(`(TIMER_ABSTIME, \{)[^}]*\}`), "$1}"},
	{regexp.MustCompile(`\{tv_sec=1, tv_nsec=99\d+\}|\{tv_sec=1, tv_nsec=9\d{8}\}`), "{LEFT}"},
	{regexp.MustCompile(`((?:si_)?[ug]id=)\d+`), "${1}N"},
	{regexp.MustCompile(`si_([us])time=\d+`), "si_${1}time=N"},
	{regexp.MustCompile(`/\* \d+ vars \*/`), "/* N vars */"},
	{regexp.MustCompile(`((?:TCP_INFO|SO_(?:RCV|SND)TIMEO_OLD), )(?:"[^"]*"(?:\.\.\.)?|\{[^}]*\}|\[\d\])`), "${1}VALUE"},
	{regexp.MustCompile(`(TCP_CONGESTION, )(?:"[^"]*"|\[\d+\])(, (?:4|\[4\]))`), "${1}NAME$2"},
	{regexp.MustCompile(`\[SOCK_TXREHASH_ENABLED\]`), "[1]"},
	{regexp.MustCompile(`parent_tid=\[\d+\]`), "parent_tid=[N]"}, // the thread may have cleared it already
	{regexp.MustCompile(`u64=\d+`), "u64=N"},                     // Python leaves its upper half as it was
	{regexp.MustCompile(`(IP_MULTICAST_IF, )\[0\]`), `${1}inet_addr("0.0.0.0")`},
	{regexp.MustCompile(`, imr_ifindex=if_nametoindex\("lo"\)`), ""},
	{regexp.MustCompile(`= \? ERESTART`), "= -1 ERESTART"},
	{regexp.MustCompile(`"/tmp/[^"]*/`), `"/tmp/`},
	{regexp.MustCompile(`(SO_(?:SNDBUF|RCVBUF|INCOMING_NAPI_ID|INCOMING_CPU|TIMESTAMP\w*), )\[-?\d+\]`), "${1}[N]"},
}

// numbered are the places of a line that have the number of a process or
// thread.
var numbered = []*regexp.Regexp{
	regexp.MustCompile(`(pid=)(\d+)`), regexp.MustCompile(`^((?:wait4|kill|tgkill)\()(\d+)`),
	regexp.MustCompile(`^(tgkill\(\w+, )(\d+)`), regexp.MustCompile(`^((?:fork|vfork|clone|wait4)\(.* = )(\d+)`),
}

func settled(line string, tasks map[string]string) string {
	for _, d := range differing {
		line = d.pattern.ReplaceAllString(line, d.with)
	}
	line = steady(line)
	for _, place := range numbered {
		line = place.ReplaceAllStringFunc(line, func(found string) string {
			m := place.FindStringSubmatch(found)
			return m[1] + cmp.Or(tasks[m[2]], m[2])
		})
	}
	return line
}

// byTask are the lines of each thread of a program in the order in which the
// threads began.
func byTask(all []event.Event) (tasks [][]string) {
	names, at := map[string]string{}, map[int]int{}
	task := func(tid int) int {
		if _, known := at[tid]; !known {
			at[tid] = len(tasks)
			tasks = append(tasks, nil)
			names[strconv.Itoa(tid)] = fmt.Sprintf("TASK%d", at[tid])
		}
		return at[tid]
	}
	for _, e := range all {
		tid := cmp.Or(e.TID, e.PID)
		line := ""
		switch {
		case e.Kind == event.KindTask && e.Phase == event.PhaseBegan:
			task(tid)
		case e.Kind == event.KindSignal:
			line = "--- " + e.Signal + " " + e.Text + " ---"
		case e.Kind == event.KindCall && e.Phase == event.PhaseEnter && (e.Name == "exit" || e.Name == "exit_group"):
			line = e.Name + "(" + strings.Join(e.Args, ", ") + ") = ?"
		case e.Kind == event.KindCall && e.Phase == event.PhaseReturn:
			line = fmt.Sprintf("%s(%s) = %d %s %s", e.Name, strings.Join(e.Args, ", "), *e.Result, e.Errno, e.Text)
		}
		if line != "" {
			i := task(tid)
			tasks[i] = append(tasks[i], strings.TrimRight(strings.ReplaceAll(line, "  ", " "), " "))
		}
	}
	return finish(tasks, names)
}

func finish(tasks [][]string, names map[string]string) [][]string {
	for n, lines := range tasks {
		// Whether a child's end is told before or after wait4 returns is chance.
		lines = slices.DeleteFunc(lines, func(line string) bool { return strings.HasPrefix(line, "--- SIGCHLD") })
		tasks[n] = lines
		for i := range lines {
			lines[i] = settled(lines[i], names)
		}
	}
	return tasks
}

// ofFile are the calls that are made on files of every kind.
var ofFile = regexp.MustCompile(`^(read|write|readv|writev|close|dup|dup2|dup3|fcntl|ioctl|splice|tee|vmsplice|sendfile)\(`)

var toSocket = regexp.MustCompile(`\d+<(TCP|UDP|UNIX|NETLINK|socket|pipe|anon_inode:\[event)`)

// toPeer is the annotation of a Unix-domain socket, which names its peer.
var toPeer = regexp.MustCompile(`(\d+)<UNIX[^]]*\](?:,[^>]*)?>`)

// noise says whether a line of strace is about another kind of file.
func noise(line string) bool {
	return ofFile.MatchString(line) && !toSocket.MatchString(line) && !strings.Contains(line, "EBADF") ||
		strings.HasPrefix(line, "+++") || strings.HasPrefix(line, "clone3(")
}

// straceAll runs a command under strace in a network namespace of its own.
func straceAll(t *testing.T, command ...string) [][]string {
	t.Helper()
	dir := t.TempDir()
	var shown []string
	table := call.NewTable()
	for _, nr := range table.Shown(false) {
		shown = append(shown, table.Name(nr))
	}
	// As in a sandbox there is no clone3: the C library falls back to clone.
	script := fmt.Sprintf("ip link set lo up; exec timeout 20 strace -ff -o %s/trace -yy -s 32 -e inject=clone3:error=ENOSYS -e trace=clone3,%s \"$@\" >/dev/null 2>&1 </dev/null",
		dir, strings.Join(shown, ","))
	cmd := exec.Command("unshare", append([]string{"-Urn", "sh", "-c", script, "sh"}, command...)...)
	cmd.WaitDelay = 20 * time.Second
	_ = cmd.Run() // its status is the program's
	files, err := filepath.Glob(dir + "/trace.*")
	if err != nil || len(files) == 0 {
		t.Fatalf("strace wrote nothing (%v)", err)
	}
	number := func(file string) int {
		n, _ := strconv.Atoi(strings.TrimPrefix(filepath.Ext(file), "."))
		return n
	}
	slices.SortFunc(files, func(a, b string) int { return cmp.Compare(number(a), number(b)) })
	var tasks [][]string
	names := map[string]string{}
	for i, file := range files {
		names[strconv.Itoa(number(file))] = fmt.Sprintf("TASK%d", i)
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		tasks = append(tasks, ownLinesOf(string(b)))
	}
	return finish(tasks, names)
}

// ownLinesOf are the lines of a trace that are the program's own.
func ownLinesOf(trace string) (lines []string) {
	for line := range strings.Lines(trace) {
		if line = strings.TrimSpace(line); !noise(line) {
			lines = append(lines, annotated.ReplaceAllString(toPeer.ReplaceAllString(line, "$1<>"), "$1"))
		}
	}
	if len(lines) > 0 && strings.HasPrefix(lines[0], "execve(") && strings.HasSuffix(lines[0], "= 0") {
		lines = lines[1:] // strace's own start of the program
	}
	// The module selectors tries epoll when it is imported.
	for i := 0; i+1 < len(lines); i++ {
		if strings.HasPrefix(lines[i], "epoll_create1(") && strings.HasPrefix(lines[i+1], "close(") {
			return slices.Delete(lines, i, i+2)
		}
	}
	return lines
}

// TestEveryCallAgreesWithStrace compares, line by line and thread by thread,
// what strace says of the programs in testdata/strace.
func TestEveryCallAgreesWithStrace(t *testing.T) {
	for _, name := range []string{"strace", "unshare", "ip", "cc"} {
		tool(t, name)
	}
	sources, err := filepath.Glob("testdata/strace/*.*")
	if err != nil {
		t.Fatal(err)
	}
	for _, source := range sources {
		t.Run(filepath.Base(source), func(t *testing.T) {
			command := []string{"/usr/bin/python3", source}
			l := alone("")
			if filepath.Ext(source) == ".c" {
				command = []string{compiled(t, source)}
				l.Programs[0] = lab.Program{Name: "server", Host: "server", Command: command}
			} else if l.Programs[0].Source, err = os.ReadFile(source); err != nil {
				t.Fatal(err)
			}
			all := run(t, l, nil)
			finished(t, all)
			want, got := straceAll(t, command...), byTask(all)
			for i := range max(len(want), len(got)) {
				if diff := gocmp.Diff(linesOf(want, i), linesOf(got, i)); diff != "" {
					t.Errorf("task %d (-strace +ours):\n%s", i, diff)
				}
			}
		})
	}
}

func linesOf(tasks [][]string, i int) []string {
	if i >= len(tasks) {
		return []string{"(no such task)"}
	}
	return tasks[i]
}

// compiled is an executable of a C program.
func compiled(t *testing.T, source string) string {
	t.Helper()
	dir := t.TempDir()
	out := filepath.Join(dir, "program")
	if text, err := exec.Command("cc", "-w", "-pthread", "-o", out, source).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return out
}
