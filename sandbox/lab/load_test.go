package lab_test

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

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
			{Name: "server", Host: "server", File: "server.py", Source: []byte("s")},
			{Name: "client", Host: "client", File: "client.py", Source: []byte("c"), After: &lab.After{Program: "server", Call: "listen"}, Input: []string{"hello"}},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestLoadRefuses(t *testing.T) {
	tests := []struct{ name, old, new, want string }{
		{"unknown key", "topology: wire", "topology: wire\ncolour: red", "lab.yaml:3: "},
		{"unknown topology", "topology: wire", "topology: ring", `"ring" is none of`},
		{"wire without a wire", "topology: wire", "topology: loopback", "only the topologies wire and lan"},
		{"mode", "mode: hold", "mode: stop", `"stop" is neither`},
		{"delay", "300ms", "1h", "not from 0s to 10s"},
		{"no duration", "300ms", "soon", "not a duration"},
		{"missing file", "client.py", "other.py", "other.py"},
		{"folder", "client.py", "../../../x.py", "x.py"},
		{"same name", "name: client", "name: server", "two programs"},
		{"bad name", "name: client", "name: A b", "a letter"},
		{"after", "program: server", "program: nobody", `"nobody"`},
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

func FuzzLoad(f *testing.F) {
	f.Add(good)
	f.Fuzz(func(t *testing.T, yaml string) {
		if l, err := lab.Load(files(yaml), "labs/a/b"); err == nil && l.Validate() != nil {
			t.Errorf("%q was loaded although it is not valid", yaml)
		}
	})
}
