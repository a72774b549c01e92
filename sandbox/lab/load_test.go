package lab_test

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
)

const good = `title: {en: Echo, ko: 에코}
topology: wire
wire: {mode: hold, delay: 300ms}
programs:
  - {name: server, file: server.py}
  - {name: client, file: client.py, after: {program: server, call: listen}, input: ["hello"]}
`

func files(yaml string) fstest.MapFS {
	return fstest.MapFS{
		"labs/a/b/lab.yaml":    {Data: []byte(yaml)},
		"labs/a/b/server.py":   {Data: []byte("s")},
		"labs/a/b/client.py":   {Data: []byte("c")},
		"labs/a/b/client.c":    {Data: []byte("c in C")},
		"labs/a/b/checks.star": {Data: []byte("x = 1")},
	}
}

func TestLoad(t *testing.T) {
	got, err := lab.Load(files(good), "labs/a/b")
	if err != nil {
		t.Fatal(err)
	}
	want := &lab.Lab{
		Name: "a/b", Title: map[string]string{"en": "Echo", "ko": "에코"}, Topology: lab.Wire, Start: lab.Run,
		Wire: event.Wire{Mode: "hold", Delay: 300 * time.Millisecond}, Checks: "x = 1",
		Programs: []lab.Program{
			{Name: "server", Host: "server", File: "server.py", Source: []byte("s"), Versions: []lab.Version{{"server.py", []byte("s")}}},
			{Name: "client", Host: "client", File: "client.py", Source: []byte("c"), After: &lab.After{Program: "server", Call: "listen"}, Input: []string{"hello"}, Versions: []lab.Version{{"client.py", []byte("c")}, {"client.c", []byte("c in C")}}},
		},
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(lab.Program{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTimeline(t *testing.T) {
	got, err := lab.Load(files(good+"seed: 7\ntimeline:\n  - {at: 500ms, cut: client, loss: 0.1}\n  - {at: 2s, cut: none, rate: 10mbit}\n  - {at: 1s, after: {program: client, call: connect}, loss: 0.1}\n"), "labs/a/b")
	if err != nil {
		t.Fatal(err)
	}
	cut, none, loss, rate := []string{"client"}, []string{}, 0.1, int64(10_000_000)
	want := []lab.WireStep{
		{At: 500 * time.Millisecond, WireChange: event.WireChange{Cut: &cut, Loss: &loss}},
		{At: 2 * time.Second, WireChange: event.WireChange{Cut: &none, Rate: &rate}},
		{At: time.Second, After: &lab.After{Program: "client", Call: "connect"}, WireChange: event.WireChange{Loss: &loss}},
	}
	if diff := cmp.Diff(want, got.Timeline); diff != "" || got.Seed != 7 {
		t.Errorf("seed %d (-want +got):\n%s", got.Seed, diff)
	}
}

func TestIn(t *testing.T) {
	some := files(good)
	l, err := lab.Load(some, "labs/a/b")
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := l.In(".c"); ok {
		t.Error("a lab of which one program is in Python alone is there in C")
	}
	some["labs/a/b/server.c"] = &fstest.MapFile{Data: []byte("s in C")}
	if l, err = lab.Load(some, "labs/a/b"); err != nil {
		t.Fatal(err)
	}
	c, ok := l.In(".c")
	if !ok || c.Programs[0].File != "server.c" || string(c.Programs[1].Source) != "c in C" || !c.Programs[1].Unedited() {
		t.Errorf("in C: %v, %+v", ok, c)
	}
	if l.Programs[0].File != "server.py" {
		t.Errorf("the lab itself became %s", l.Programs[0].File)
	}
}

func TestLoadRefuses(t *testing.T) {
	tests := []struct{ name, old, new, want string }{
		{"unknown key", "topology: wire", "topology: wire\ncolour: red", "lab.yaml:3: "},
		{"unknown topology", "topology: wire", "topology: ring", `"ring" is none of`},
		{"wire without a wire", "topology: wire", "topology: loopback", "only the topologies wire and lan"},
		{"mode", "mode: hold", "mode: stop", `"stop" is none of flow, hold`},
		{"delay", "300ms", "1h", "not from 0s to 10s"},
		{"no duration", "300ms", "soon", "not a duration"},
		{"loss", "delay: 300ms", "loss: 2", "not from 0 to 1"},
		{"rate", "delay: 300ms", "rate: fast", "not a rate"},
		{"cut of nobody", "delay: 300ms", "cut: nobody", `"nobody" is none of`},
		{"lan of one", "topology: wire", "topology: lan\nhosts: 1", "from 2 to 8"},
		{"sysctl", "topology: wire", "topology: wire\nsysctl: {kernel.panic: 1}", "no setting of a host"},
		{"missing file", "client.py", "other.py", "other.py"},
		{"folder", "client.py", "../../../x.py", "x.py"},
		{"same name", "name: client", "name: server", "two programs"},
		{"bad name", "name: client", "name: A b", "a letter"},
		{"after", "program: server", "program: nobody", `"nobody"`},
		{"moment of nobody", "topology: wire", "topology: wire\ntimeline: [{at: 1s, after: {program: nobody, call: connect}, loss: 0.1}]", `"nobody"`},
		{"moment of no call", "topology: wire", "topology: wire\ntimeline: [{at: 1s, after: {program: client, call: fly}, loss: 0.1}]", `"fly" is none of`},
		{"timeline backwards", "topology: wire", "topology: wire\ntimeline: [{at: 2s, loss: 0.1}, {at: 1s, loss: 0}]", "1s stands after 2s"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := lab.Load(files(strings.Replace(good, tt.old, tt.new, 1)), "labs/a/b")
			if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.HasPrefix(err.Error(), "labs/a/b/lab.yaml") {
				t.Errorf("got %v, want lab.yaml … %s", err, tt.want)
			}
		})
	}
}

// TestLoadTellsAll: each of several faults is told with its file.
func TestLoadTellsAll(t *testing.T) {
	_, err := lab.Load(files(strings.NewReplacer("topology: wire", "topology: x", "name: client", "name: server").Replace(good)), "labs/a/b")
	if err == nil {
		t.Fatal("no fault was found")
	}
	lines := strings.Split(err.Error(), "\n")
	if len(lines) < 2 {
		t.Errorf("%d faults are told: %v", len(lines), err)
	}
	for _, line := range lines {
		if !strings.HasPrefix(line, "labs/a/b/lab.yaml: ") {
			t.Errorf("%q does not name the file", line)
		}
	}
}

func FuzzLoad(f *testing.F) {
	f.Add(good)
	f.Fuzz(func(t *testing.T, yaml string) {
		if l, err := lab.Load(files(yaml), "labs/a/b"); err == nil && l.Validate() != nil {
			t.Errorf("%q was loaded although it is not valid", yaml)
		}
	})
}
