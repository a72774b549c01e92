//go:build linux

package recording_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fivetuple/sandbox/lab"
	"fivetuple/sandbox/recording/programs"
)

// TestProgramsRunByThemselves unpacks labs of the course and does what their
// README says: hosts file, then one program after the other.
func TestProgramsRunByThemselves(t *testing.T) {
	for _, name := range []string{"handshake/three-way", "endpoints/two-programs", "udp/datagrams"} {
		t.Run(name, func(t *testing.T) {
			all, err := everyLab()
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range all {
				if r.Name == name {
					runByHand(t, r.Lab)
					return
				}
			}
			t.Fatal("there is no such lab")
		})
	}
}

func runByHand(t *testing.T, l *lab.Lab) {
	t.Helper()
	dir := unpacked(t, l)
	script := "ip link set lo up\nmount --bind ../hosts /etc/hosts\n"
	for i, step := range programs.Steps(l) {
		input := "/dev/null"
		if len(step.Input) > 0 {
			input = "../input" + step.Program
			if err := os.WriteFile(filepath.Join(dir, input), []byte(strings.Join(step.Input, "\n")+"\n"), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		script += fmt.Sprintf("(%s; echo $? > ../status%d) < %s &\n", step.Command, i, input)
		if i == 0 { // a learner would see that the first one waits
			script += "n=0; until ss -Huan state unconnected | grep -q 8080 || ss -Htln | grep -q 8080 || [ $n = 500 ]; do n=$((n+1)); done\n"
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "../hosts"), []byte(strings.Join(programs.HostLines(l), "\n")+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(tool(t, "unshare"), "-Urmn", "sh", "-c", script+"wait")
	cmd.Dir, cmd.WaitDelay = dir, 20*time.Second
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for i := range programs.Steps(l) {
		if b, err := os.ReadFile(filepath.Join(dir, fmt.Sprintf("../status%d", i))); err != nil || string(b) != "0\n" {
			t.Errorf("program %d: %v, status %s\n%s", i, err, b, out)
		}
	}
}

// unpacked is the folder of a lab's archive, unpacked.
func unpacked(t *testing.T, l *lab.Lab) string {
	t.Helper()
	var b bytes.Buffer
	if err := programs.Write(&b, l, "read me"); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, z); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, programs.Name(l))
}

func TestSteps(t *testing.T) {
	l := &lab.Lab{Name: "u/l", Topology: lab.LAN, Hosts: 3, Programs: []lab.Program{
		{Name: "c", File: "c.py", After: &lab.After{Program: "b"}},
		{Name: "b", File: "b.c", After: &lab.After{Program: "a"}, Input: []string{"one"}},
		{Name: "a", File: "a.go"},
		{Name: "d", Command: []string{"nc", "-l", "it's", ""}},
		{Name: "e", File: "e.py", After: &lab.After{Program: "nobody"}},
	}}
	want := []programs.Step{
		{Program: "a", Command: "go run a.go"},
		{Program: "b", Command: "cc -o b b.c && ./b", Input: []string{"one"}},
		{Program: "c", Command: "python3 c.py"},
		{Program: "d", Command: `nc -l 'it'\''s' ''`},
		{Program: "e", Command: "python3 e.py"},
	}
	if diff := cmp.Diff(want, programs.Steps(l)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"127.0.0.1 host1", "127.0.0.2 host2", "127.0.0.3 host3"}, programs.HostLines(l)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if err := programs.Write(failing{io.ErrClosedPipe}, l, ""); err == nil {
		t.Error("an archive that cannot be written is no error")
	}
}
