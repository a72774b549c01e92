//go:build linux

package sandbox_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fivetuple/sandbox/lab"
)

// ssView is the stage's view of ss, in a node of its own.
type ssView struct {
	t    *testing.T
	in   io.Writer
	out  *bufio.Scanner
	seen map[string]bool // kinds of lines that it had
}

func newSSView(t *testing.T) *ssView {
	t.Helper()
	cmd := exec.Command(tool(t, "node"), "testdata/ss.mjs")
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		in.Close()
		if err := cmd.Wait(); err != nil {
			t.Errorf("node: %v", err)
		}
	})
	return &ssView{t, in, bufio.NewScanner(out), map[string]bool{}}
}

func (v *ssView) take(encoded []byte) { fmt.Fprintf(v.in, "%s\n", encoded) }

// says is what the view shows now, by host.
func (v *ssView) says() map[string][]string {
	v.t.Helper()
	fmt.Fprintln(v.in)
	var all map[string][]string
	if !v.out.Scan() {
		v.t.Fatalf("the view says nothing: %v", v.out.Err())
	}
	if err := json.Unmarshal(v.out.Bytes(), &all); err != nil {
		v.t.Fatal(err)
	}
	for host, lines := range all {
		slices.Sort(lines[1:])
		for _, line := range lines[1:] {
			f := strings.Fields(line)
			v.seen[f[0]+" "+f[1]] = true
			v.seen[f[len(f)-1]] = true // *:* is a peer
		}
		all[host] = lines
	}
	return all
}

// ssLines is what the real ss says inside the namespaces of a host.
func (p *paused) ssLines(host string) []string {
	p.t.Helper()
	out, err := p.inHost(host, "ss", "-tuxan").CombinedOutput()
	if err != nil {
		p.t.Fatalf("ss in %s: %v: %s", host, err, out)
	}
	var all []string
	for line := range strings.Lines(string(out)) {
		all = append(all, strings.TrimRight(line, " \n"))
	}
	slices.Sort(all[1:])
	return all
}

// same waits until ss and the view say the same of every host: of what the
// last command led to, the events may still be on their way.
func (p *paused) same(v *ssView) {
	p.t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !p.ended; p.take(20 * time.Millisecond) {
		ours, theirs := v.says(), map[string][]string{}
		for host := range ours {
			program := host
			if host == "localhost" {
				program = p.lab.Programs[0].Host
			}
			theirs[host] = p.ssLines(program)
		}
		diff := cmp.Diff(theirs, ours)
		if diff == "" {
			return
		}
		if time.Now().After(deadline) {
			p.t.Fatalf("after %s of event %d (-ss +view):\n%s", p.last.Kind, p.last.Seq, diff)
		}
	}
}

// ofCourse is a lab of the course.
func ofCourse(t *testing.T, name string) *lab.Lab {
	t.Helper()
	l, err := lab.Load(os.DirFS("../lessons"), "labs/"+name)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// mapped has every kind of end that IPv6 knows: a listener for both
// families, one for IPv6 alone, and one at an address.
const mapped = `import socket
both = socket.create_server(("::", 8006), family=socket.AF_INET6, dualstack_ipv6=True)
alone = socket.create_server(("::", 8007), family=socket.AF_INET6)
one = socket.create_server(("::1", 8008), family=socket.AF_INET6)
u = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
u.bind(("::", 9000))
w = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
w.connect(("::ffff:127.0.0.1", 9000))
w.send(b"x" * 10)
c = socket.create_connection(("127.0.0.1", 8006))
d, a = both.accept()
e = socket.create_connection(("::1", 8007))
e.send(b"unread")
c.close()
d.close()
`

// TestSSViewAgreesWithSS runs ss inside every host at every pause of real
// runs, and compares what it writes with what the view shows, line by line.
func TestSSViewAgreesWithSS(t *testing.T) {
	for _, name := range []string{"nsenter", "ss", "node"} {
		tool(t, name)
	}
	tests := []struct {
		name string
		lab  *lab.Lab
		seen []string // of what must have been there at a pause
	}{
		{"wire", echo(lab.Wire), []string{"tcp LISTEN", "tcp SYN-SENT", "tcp SYN-RECV", "tcp ESTAB", "tcp FIN-WAIT-1", "tcp TIME-WAIT", "0.0.0.0:*"}},
		{"loopback", echo(lab.Loopback), []string{"tcp LISTEN", "tcp ESTAB"}},
		{"IPv6", alone(mapped), []string{"*:*", "[::]:*", "udp UNCONN", "udp ESTAB", "tcp CLOSE-WAIT"}},
		{"endpoints/domains-types", ofCourse(t, "endpoints/domains-types"), []string{"tcp LISTEN", "udp UNCONN", "udp ESTAB", "u_str LISTEN", "u_seq LISTEN", "u_dgr UNCONN", "u_str ESTAB"}},
		{"udp/silent-loss", ofCourse(t, "udp/silent-loss"), []string{"udp UNCONN"}},
		{"unix/kinds", ofCourse(t, "unix/kinds"), []string{"u_dgr UNCONN", "u_seq LISTEN", "u_seq ESTAB"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v := newSSView(t)
			p := pause(t, tt.lab)
			p.each = v.take
			p.enter()
			for !p.ended {
				p.same(v)
				p.next()
			}
			for _, what := range tt.seen {
				if !v.seen[what] {
					t.Errorf("%s was not there at any pause", what)
				}
			}
		})
	}
}
