//go:build linux

package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fivetuple/sandbox/event"
)

// written writes files below a new folder, and returns the folder.
func written(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const lessonText = "---\ntitle: L\nsummary: S\nminutes: 5\nteaches: [x]\n---\n## Part\n\n" +
	"```predict\nid: way\nquestion: Which?\nchoices:\n  - {key: right, text: r, why: w}\n  - {key: left, text: l, why: w}\n```\n\n```lab\nlab: u/l\n```\n\n" +
	"```steps\n- {id: once, text: Set it., set: {programs: {client: print(\"set\")}}}\n```\n"

// small is a course of one lab with these checks.
func small(t *testing.T, checks string) string {
	return written(t, map[string]string{
		"course.yaml": "units:\n  - {name: u, title: {en: U, ko: U}, lessons: [l]}\n",
		"en/u/l.md":   lessonText, "ko/u/l.md": lessonText,
		"labs/u/l/lab.yaml":    "title: {en: Lab, ko: 실습}\ntopology: wire\nwire: {mode: hold}\nprograms:\n  - {name: client, file: client.py, input: [one, two]}\n",
		"labs/u/l/client.py":   "import sys\nprint(len(sys.stdin.readlines()))\n",
		"labs/u/l/checks.star": checks,
	})
}

const goodChecks = `
def check_lines(run):
    """The program read both lines that the hand typed, and their end."""
    if "".join([p.text for p in run.prints()]) != "2\n":
        fail("it did not")

def answer_way(run):
    return "right"

def break_once(run):
    if "".join([p.text for p in run.prints()]) != "set\n":
        fail("it was not set")
`

func TestRefusals(t *testing.T) {
	dir := small(t, goodChecks)
	tests := []struct {
		name   string
		args   []string
		status int
		says   string
	}{
		{"unknown command", []string{"fly"}, 2, `unknown command or argument "fly"`},
		{"unknown flag", []string{"run", "--fly"}, 2, "unknown flag"},
		{"one argument too many", []string{"run", "a", "b"}, 2, `one argument too many: "b"`},
		{"nothing to run", []string{"run"}, 2, "needs a LAB or a --program"},
		{"unknown format", []string{"run", "--format", "xml", "u/l"}, 2, "is none of text, events"},
		{"unknown lab", []string{"run", "--lessons", dir, "u/none"}, 2, `no lab "u/none"`},
		{"no name", []string{"run", "--program", "true"}, 2, "NAME=COMMAND"},
		{"open quote", []string{"run", "--program", "a='x"}, 2, "quote"},
		{"a wire without a wire", []string{"run", "--program", "a=true", "--wire", "mode=hold"}, 2, "only the topologies wire and lan"},
		{"unknown wire setting", []string{"run", "--topology", "wire", "--program", "client=true", "--wire", "loss=2"}, 2, "not from 0 to 1"},
		{"a third host", []string{"run", "--topology", "wire", "--program", "a=true"}, 2, "none of client, server"},
		{"a third host by its place", []string{"run", "--topology", "wire", "--program", "a@host3=true"}, 2, `host "host3" is none of client, server`},
		{"a ninth host", []string{"run", "--topology", "lan", "--program", "a@host9=true"}, 2, `host "host9" is none of host1, host2`},
		{"a place on one host", []string{"run", "--topology", "unix", "--program", "a@host1=true"}, 2, "only the topologies wire and lan"},
		{"too many hosts", []string{"run", "--topology", "lan", "--hosts", "9", "--program", "a@host1=true"}, 2, "a lan has from 2 to 8"},
		{"hosts of a wire", []string{"run", "--topology", "wire", "--hosts", "2", "--program", "client=true"}, 2, "only the topology lan"},
		{"no such file", []string{"run", "--program", "a=none.py"}, 1, "none.py"},
		{"no such executable", []string{"run", "--program", "a=/none/x"}, 1, "/none/x"},
		{"nothing of that name", []string{"run", "--program", "a=no-such-program"}, 1, "no-such-program"},
		{"no course there", []string{"labs", "--lessons", t.TempDir()}, 1, "course.yaml"},
		{"a course that does not load", []string{"run", "--lessons", t.TempDir(), "u/l"}, 1, "course.yaml"},
		{"two folders to check", []string{"check", "a", "b"}, 2, "too many"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			status, _, said := command(t, tt.args...)
			if status != tt.status || !strings.Contains(said, tt.says) {
				t.Errorf("%d with %q, want %d with %q", status, said, tt.status, tt.says)
			}
		})
	}
}

const (
	serverPy = "import socket\ns = socket.socket()\ns.bind(('server', 8080))\ns.listen()\nc, a = s.accept()\nprint(c.recv(99).decode())\n"
	twicePy  = "import socket\ns = socket.create_server(('server', 8080))\nfor i in range(2): print(s.accept()[0].recv(99).decode())\n"
	clientPy = "import socket\nc = socket.create_connection(('server', 8080))\nc.sendall(b'hello')\nc.close()\n"
)

func TestRunOwnPrograms(t *testing.T) {
	dir := written(t, map[string]string{"srv.py": serverPy, "two.py": twicePy, "cli.py": clientPy})
	programs := []string{"--program", "server=" + dir + "/srv.py", "--program", "client=" + dir + "/cli.py"}
	tests := []struct {
		name string
		args []string
	}{
		{"loopback", nil},
		{"wire", []string{"--topology", "wire"}},
		{"wire on hold", []string{"--topology", "wire", "--wire", "mode=hold,delay=5ms", "--seed", "7"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			status, out, said := command(t, append(append([]string{"run", "--format", "events"}, tt.args...), programs...)...)
			if status != 0 || said != "" {
				t.Fatalf("%d with %q after\n%s", status, said, out)
			}
			if heard := linesOf(eventsOf(t, out), "server"); !slices.Equal(heard, []string{"hello\n"}) {
				t.Errorf("the server printed %q", heard)
			}
		})
	}
	t.Run("several on one host", func(t *testing.T) {
		two := strings.Replace(programs[3], "client=", "client2@client=", 1)
		server := strings.Replace(programs[1], "srv.py", "two.py", 1)
		status, out, said := command(t, "run", "--topology", "wire", "--program", server, programs[2], programs[3], "--program", two)
		if status != 0 || strings.Count(out, `print    "hello\n"`) != 2 {
			t.Errorf("%d with %q after\n%s", status, said, out)
		}
	})
	t.Run("no time", func(t *testing.T) {
		status, _, said := command(t, "run", "--timeout", "300ms", programs[0], programs[1])
		if status != 1 || !strings.Contains(said, "time-limit") {
			t.Errorf("%d with %q", status, said)
		}
	})
}

// eventsOf are the events that run has written, one a line.
func eventsOf(t *testing.T, out string) (all []event.Event) {
	t.Helper()
	for line := range strings.Lines(out) {
		var e event.Event
		if err := json.Unmarshal([]byte(line), &e); err != nil || e.Seq != uint64(len(all)+1) {
			t.Fatalf("line %d is event %d: %v", len(all)+1, e.Seq, err)
		}
		all = append(all, e)
	}
	return all
}

// linesOf is what a program has printed, line by line, in the order of the
// alphabet.
func linesOf(all []event.Event, program string) []string {
	text := ""
	for _, e := range all {
		if e.Kind == event.KindPrint && e.Program == program {
			text += e.Text
		}
	}
	return slices.Sorted(strings.Lines(text))
}

// TestRunOnALan: each program runs on its own host of a lan, which has as many
// hosts as they need, or as are asked for.
func TestRunOnALan(t *testing.T) {
	dir := written(t, map[string]string{
		"srv.py": "import socket\ns = socket.create_server(('host3', 8080))\nfor i in range(2):\n    c, a = s.accept()\n    print(a[0])\n    c.close()\n",
		"cli.py": "import socket\nsocket.create_connection(('host3', 8080)).recv(1)\n",
	})
	args := []string{"run", "--format", "events", "--topology", "lan", "--program", "server@host3=" + dir + "/srv.py", "--program", "client1@host1=" + dir + "/cli.py", "--program", "client2@host2=" + dir + "/cli.py"}
	for _, tt := range []struct {
		name  string
		more  []string
		hosts []string
	}{
		{"as many hosts as they need", nil, []string{"host1", "host2", "host3"}},
		{"one host more", []string{"--hosts", "4"}, []string{"host1", "host2", "host3", "host4"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			status, out, said := command(t, slices.Concat(args, tt.more)...)
			if status != 0 || said != "" {
				t.Fatalf("%d with %q after\n%s", status, said, out)
			}
			all := eventsOf(t, out)
			var hosts []string
			for _, h := range all[0].Hosts {
				hosts = append(hosts, h.Name)
			}
			if !slices.Equal(hosts, tt.hosts) {
				t.Errorf("the hosts are %q", hosts)
			}
			if got := linesOf(all, "server"); !slices.Equal(got, []string{"10.0.0.1\n", "10.0.0.2\n"}) {
				t.Errorf("the server was called by %q", got)
			}
		})
	}
}

// TestRunUnix: two programs of one's own meet at a path.
func TestRunUnix(t *testing.T) {
	dir := written(t, map[string]string{
		"srv.py": "import socket\ns = socket.socket(socket.AF_UNIX)\ns.bind('/tmp/here')\ns.listen()\nprint(s.accept()[0].recv(99).decode())\n",
		"cli.py": "import socket\nc = socket.socket(socket.AF_UNIX)\nc.connect('/tmp/here')\nc.sendall(b'hello')\n",
	})
	status, out, said := command(t, "run", "--format", "events", "--topology", "unix", "--program", "server="+dir+"/srv.py", "--program", "client="+dir+"/cli.py")
	if status != 0 || said != "" {
		t.Fatalf("%d with %q after\n%s", status, said, out)
	}
	all := eventsOf(t, out)
	if got := linesOf(all, "server"); !slices.Equal(got, []string{"hello\n"}) {
		t.Errorf("the server printed %q", got)
	}
	for _, e := range all {
		if e.Kind == event.KindPacket {
			t.Fatalf("packet %d is told: %+v", e.ID, e.Summary)
		}
	}
}

// TestInputIsNeverLost runs a program that waits for its input and its end
// often enough to meet a worker that is still starting it.
func TestInputIsNeverLost(t *testing.T) {
	dir := small(t, goodChecks)
	for range 20 {
		if status, out, said := command(t, "run", "--lessons", dir, "--timeout", "20s", "u/l"); status != 0 {
			t.Fatalf("%d with %q after\n%s", status, said, out)
		}
	}
}

func TestRunText(t *testing.T) {
	status, out, said := command(t, "run", "--lessons", small(t, goodChecks), "u/l")
	for _, want := range []string{"start    u/l on wire", `input    "one\n"`, `print    "2\n"`, "exit     client with 0", "end      finished"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in %d %q\n%s", want, status, said, out)
		}
	}
}

// The checks of this lab hold only with the packets that its own seed loses.
func TestRunTakesTheSeedOfTheLab(t *testing.T) {
	if status, out, said := command(t, "run", "handshake/lost-syn"); status != 0 {
		t.Errorf("%d with %q after\n%s", status, said, out)
	}
}

func TestRunCheckFails(t *testing.T) {
	dir := small(t, strings.Replace(goodChecks, `"2\n"`, `"3\n"`, 1))
	status, _, said := command(t, "run", "--lessons", dir, "u/l")
	if status != 1 || !strings.Contains(said, "check_lines") || !strings.Contains(said, "read both lines") || !strings.Contains(said, "it did not") {
		t.Errorf("%d with %q", status, said)
	}
}

func TestCheckOfOwnCourse(t *testing.T) {
	tests := []struct {
		name, from, to string
		status         int
		says           []string
	}{
		{"all holds", "", "", 0, []string{"4 passed, 0 failed"}},
		{"a check fails", `"2\n"`, `"3\n"`, 1, []string{"labs/u/l/checks.star:5: u/l: check_lines: ", "it did not", "3 passed, 1 failed"}},
		{"no choice is right", `"right"`, `"up"`, 1, []string{"en/u/l.md:10: u/l: predict way", `"up"`, "3 passed, 1 failed"}},
		{"a step does otherwise", `"set\n"`, `"unset\n"`, 1, []string{"labs/u/l/checks.star:12: u/l: step once: ", "it was not set", "3 passed, 1 failed"}},
		{"no answer", `"right"`, "None", 1, []string{"en/u/l.md:10: u/l: predict way", "3 passed, 1 failed"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			status, out, said := command(t, "check", small(t, strings.Replace(goodChecks, tt.from, tt.to, 1)))
			for _, want := range tt.says {
				if status != tt.status || !strings.Contains(out, want) {
					t.Errorf("%d with %q, want %d with %q; said %q", status, out, tt.status, want, said)
				}
			}
		})
	}
}

// TestCheckWithoutGo: what cannot be compiled here is not run, and that is
// said.
func TestCheckWithoutGo(t *testing.T) {
	dir := small(t, goodChecks)
	if err := os.WriteFile(filepath.Join(dir, "labs/u/l/client.go"), []byte("package main\n\nfunc main() {}\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", t.TempDir())
	status, out, said := command(t, "check", dir)
	if status != 0 || !strings.Contains(out, "programs in .go were not run") || !strings.Contains(out, "4 passed, 0 failed") {
		t.Errorf("%d with %q, %q", status, out, said)
	}
}

// TestCheckOfTheExample: all that the example of lessons/FORMAT.md claims
// holds.
func TestCheckOfTheExample(t *testing.T) {
	status, out, said := command(t, "check", "../lessons/example")
	if status != 0 || !strings.Contains(out, "15 passed, 0 failed") {
		t.Errorf("%d with %q, %q", status, out, said)
	}
}

func TestLabs(t *testing.T) {
	dir := small(t, goodChecks)
	if status, out, _ := command(t, "labs", "--lessons", dir); status != 0 || !strings.HasPrefix(out, "u/l ") || !strings.Contains(out, "실습") {
		t.Errorf("%d %q", status, out)
	}
	var got struct{ Name, Topology string }
	status, out, _ := command(t, "labs", "--lessons", dir, "--json")
	if err := json.Unmarshal([]byte(out), &got); status != 0 || err != nil || got.Name != "u/l" || got.Topology != "wire" {
		t.Errorf("%d %v %q", status, err, out)
	}
}

func TestDoctor(t *testing.T) {
	var got []struct {
		Name   string
		OK     bool
		Detail string
	}
	status, out, _ := command(t, "doctor", "--json")
	if err := json.Unmarshal([]byte(out), &got); status != 0 || err != nil || len(got) == 0 || !got[0].OK {
		t.Errorf("%d %v %q", status, err, out)
	}
	_, text, _ := command(t, "doctor")
	for _, a := range got {
		if a.Name == "memory" {
			a.Detail = " MB free" // of which there is more or less from one moment to the next
		}
		if !strings.Contains(text, a.Name) || !strings.Contains(text, a.Detail) {
			t.Errorf("no %s in %q", a.Name, text)
		}
	}
}

func TestSplit(t *testing.T) {
	tests := []struct {
		name, command string
		want          []string
	}{
		{"words", "nc  server\t8080 ", []string{"nc", "server", "8080"}},
		{"double quotes", `sh -c "echo a  b"`, []string{"sh", "-c", "echo a  b"}},
		{"single inside double", `a "it's"`, []string{"a", "it's"}},
		{"in the middle of a word", `--name='a b'c`, []string{"--name=a bc"}},
		{"an empty word", `a ''`, []string{"a", ""}},
		{"nothing", " ", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := split(tt.command)
			if diff := cmp.Diff(tt.want, got); diff != "" || err != nil {
				t.Errorf("%v (-want +got):\n%s", err, diff)
			}
		})
	}
}

func TestBench(t *testing.T) {
	status, out, said := command(t, "bench", "--starts", "2", "--idle", "2")
	var got struct {
		Start struct {
			Warm struct {
				P50 float64 `json:"p50_ms"`
			} `json:"warm_first_event"`
		}
		Wire struct{ Packets int }
		Idle struct {
			Sandboxes int
			Private   float64 `json:"private_mb_each"`
		}
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil || status != 0 {
		t.Fatalf("%d %v: %s%s", status, err, out, said)
	}
	if got.Start.Warm.P50 <= 0 || got.Wire.Packets != 30000 || got.Idle.Sandboxes != 2 || got.Idle.Private <= 0 {
		t.Errorf("%+v", got)
	}
}

// TestCheckKnowsMistakes: a wrong solution has to fail by the mistake that it
// is said to make, not only where it is said to.
func TestCheckKnowsMistakes(t *testing.T) {
	text := "---\ntitle: L\nsummary: S\nminutes: 5\nteaches: [x]\n---\n## Part\n\n```lab\nlab: u/l\n```\n\n" +
		"```exercise\ntrials: [{id: a, title: T, hints: [H], mistakes: [{key: one, hint: M}, {key: two, hint: M}]}]\n```\n"
	dir := written(t, map[string]string{
		"course.yaml": "units:\n  - {name: u, title: {en: U, ko: U}, lessons: [l]}\n",
		"en/u/l.md":   text, "ko/u/l.md": text,
		"labs/u/l/lab.yaml":    "title: {en: Lab, ko: 실습}\ntopology: loopback\nprograms: [{name: client, file: client.py}]\n",
		"labs/u/l/client.py":   "print(0)\n",
		"labs/u/l/solution.py": "print(3)\n", "labs/u/l/one.py": "print(1)\n", "labs/u/l/other.py": "print(1)\n",
		"labs/u/l/exercise.yaml": "program: client\nsolution: solution.py\ntrials: [{id: a}]\nwrong:\n  - {file: one.py, fails: a, mistake: one}\n  - {file: other.py, fails: a, mistake: two}\n",
		"labs/u/l/checks.star":   "def grade_a(run):\n    said = run.lines(\"client\")\n    if said == [\"1\"]:\n        mistake(\"one\", \"it said 1\")\n    if said != [\"3\"]:\n        fail(str(said))\n",
	})
	status, out, _ := command(t, "check", "--once", dir)
	want := `labs/u/l/exercise.yaml:6: u/l: wrong solution other.py: it should make the mistake "two", and makes "one"`
	if status != 1 || !strings.Contains(out, want) || !strings.Contains(out, "3 passed, 1 failed") {
		t.Errorf("%d with %s, want %s", status, out, want)
	}
}
