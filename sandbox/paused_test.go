//go:build linux

package sandbox_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fivetuple/sandbox"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
)

// paused is a run in which nothing moves unless the test says so: programs
// are stepped call by call, packets delivered one by one.
type paused struct {
	t       *testing.T
	s       *sandbox.Sandbox
	lab     *lab.Lab
	hosts   []event.Host
	nets    map[string][2]*os.File // by host: its user and its network namespace
	sockets map[int]event.Event    // last state event of each socket that the kernel has
	queues  map[int][2]int
	held    []event.Event // calls and packets that wait for a command
	last    event.Event   // the one that the last command was about
	obeyed  bool          // its effect has been told
	ended   bool
	each    func(encoded []byte) // is given every event as it comes

	together bool            // both ends are to close before either hears of it
	ready    bool            // the server has made the call that the client waits for
	fins     map[string]bool // hosts that sent one
}

func pause(t *testing.T, l *lab.Lab) *paused {
	t.Helper()
	l.Start, l.Wire.Mode = lab.Step, event.Hold
	s, err := sandbox.Start(t.Context(), l)
	if err != nil {
		t.Fatal(err)
	}
	return follow(t, s, l)
}

// follow is a run that has been started, from its first event on.
func follow(t *testing.T, s *sandbox.Sandbox, l *lab.Lab) *paused {
	p := &paused{t: t, s: s, lab: l, nets: map[string][2]*os.File{}, sockets: map[int]event.Event{}, queues: map[int][2]int{}, fins: map[string]bool{}}
	t.Cleanup(func() {
		s.Stop(event.EndStopped)
		for range s.Events() { // until it is cleaned up
		}
		for _, files := range p.nets {
			files[0].Close()
			files[1].Close()
		}
	})
	return p
}

// take takes in the events that are there, waiting for one at most this long.
func (p *paused) take(wait time.Duration) (any bool) {
	for {
		select {
		case b, ok := <-p.s.Events():
			if !ok {
				p.ended = true
				return any
			}
			any, wait = true, 0
			if p.each != nil {
				p.each(b)
			}
			p.see(b)
		case <-time.After(wait):
			return any
		}
	}
}

func (p *paused) see(b []byte) {
	var e event.Event
	if err := json.Unmarshal(b, &e); err != nil {
		p.t.Fatal(err)
	}
	if e.Kind == p.last.Kind && e.ID == p.last.ID && e.Call == p.last.Call && e.Phase != event.PhaseHeld {
		p.obeyed = true
	}
	if isFIN(e) && e.Phase == event.PhaseSent {
		p.fins[e.From] = true
	}
	p.ready = p.ready || p.awaited(e)
	switch {
	case e.Kind == event.KindStart:
		p.hosts = e.Hosts
	case e.Phase == event.PhaseHeld:
		p.held = append(p.held, e)
	case e.Kind == event.KindState && e.To == "":
		delete(p.sockets, e.Socket.ID)
	case e.Kind == event.KindState:
		p.sockets[e.Socket.ID] = e
	case e.Kind == event.KindQueue:
		p.queues[e.Socket.ID] = [2]int{*e.Recv, *e.Send}
	case e.Kind == event.KindEnd:
		p.ended = true
	}
}

// awaited says whether a program has made the call that another waits for.
func (p *paused) awaited(e event.Event) bool {
	return e.Kind == event.KindCall && e.Phase == event.PhaseReturn && slices.ContainsFunc(p.lab.Programs, func(other lab.Program) bool {
		return other.After != nil && other.After.Program == e.Program && other.After.Call == e.Name
	})
}

// ours is what the events say of the TCP sockets of a host, as ss would.
func (p *paused) ours(host string) []string {
	var all []string
	for id, e := range p.sockets {
		s := e.Socket
		if e.Host != host || s.Proto != "tcp" || e.To == "CLOSE" {
			continue
		}
		remote := s.Remote
		if remote == "" {
			remote = "0.0.0.0:*"
		}
		q := p.queues[id]
		all = append(all, fmt.Sprintf("%s %d %d %s %s", e.To, q[0], q[1], s.Local, remote))
	}
	slices.Sort(all)
	return all
}

// stateNames are the kernel's names of the states that ss writes in its own way.
var stateNames = strings.NewReplacer("ESTAB", "ESTABLISHED", "FIN-WAIT-", "FIN_WAIT", "-", "_")

// theirs is what ss says inside a host.
func (p *paused) theirs(host string) []string {
	p.t.Helper()
	out, err := p.inHost(host, "ss", "-Htan").CombinedOutput()
	if err != nil {
		p.t.Fatalf("ss in %s: %v: %s", host, err, out)
	}
	var all []string
	for line := range strings.Lines(string(out)) {
		f := strings.Fields(line)
		all = append(all, fmt.Sprintf("%s %s %s %s %s", stateNames.Replace(f[0]), f[1], f[2], f[3], f[4]))
	}
	slices.Sort(all)
	return all
}

// enter finds the namespaces of every host by the programs that run there.
func (p *paused) enter() {
	deadline := time.Now().Add(10 * time.Second)
	for len(p.nets) < len(p.lab.Programs) {
		if time.Now().After(deadline) {
			p.t.Fatalf("namespaces found: %v", p.nets)
		}
		p.take(10 * time.Millisecond)
		children, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", p.s.PID()))
		for _, name := range children {
			b, _ := os.ReadFile(name)
			for _, pid := range strings.Fields(string(b)) {
				p.namespaces(pid)
			}
		}
	}
}

// namespaces opens those of a process, when it is a program of the lab.
func (p *paused) namespaces(pid string) {
	command, _ := os.ReadFile("/proc/" + pid + "/cmdline")
	for _, program := range p.lab.Programs {
		if _, known := p.nets[program.Host]; known || !strings.HasSuffix(string(command), "\x00"+program.File+"\x00") {
			continue
		}
		user, err := os.Open("/proc/" + pid + "/ns/user")
		if err != nil {
			p.t.Fatal(err)
		}
		net, err := os.Open("/proc/" + pid + "/ns/net")
		if err != nil {
			p.t.Fatal(err)
		}
		p.nets[program.Host] = [2]*os.File{user, net}
	}
}

// open opens the namespaces of every host. They are those of threads of the
// worker, since a program may be gone before it is found; the kernel says by
// its addresses which is whose.
func (p *paused) open() {
	p.t.Helper()
	p.until("the hosts are there", func() bool { return p.hosts != nil })
	worker := "/proc/" + strconv.Itoa(p.s.PID())
	threads, err := filepath.Glob(worker + "/task/*")
	if err != nil || len(threads) == 0 {
		p.t.Fatalf("the worker's threads: %q, %v", threads, err)
	}
	for _, h := range p.hosts {
		at := slices.IndexFunc(threads, func(thread string) bool {
			local, _ := os.ReadFile(thread + "/net/fib_trie")
			return bytes.Contains(local, []byte(" "+h.Addrs[0]+"\n"))
		})
		if at < 0 {
			p.t.Fatalf("no thread of the worker is in %s", h.Name)
		}
		p.nets[h.Name] = [2]*os.File{p.file(worker + "/ns/user"), p.file(threads[at] + "/ns/net")}
	}
}

func (p *paused) file(name string) *os.File {
	p.t.Helper()
	f, err := os.Open(name)
	if err != nil {
		p.t.Fatal(err)
	}
	return f
}

// inHost is a command that runs inside a host.
func (p *paused) inHost(host, name string, args ...string) *exec.Cmd {
	files := p.nets[host]
	cmd := exec.Command("nsenter", append([]string{"--preserve-credentials", "--user=/proc/self/fd/3", "--net=/proc/self/fd/4", name}, args...)...)
	cmd.ExtraFiles = files[:]
	return cmd
}

// agree sees to it that the events and ss say the same of every host. The
// events of what the last command led to may still be on their way; as
// nothing else moves, both come to rest.
func (p *paused) agree() {
	p.t.Helper()
	deadline := time.Now().Add(10 * time.Second)
	for host := range p.nets {
		for !p.ended {
			p.take(0)
			theirs := p.theirs(host)
			if slices.Equal(theirs, p.ours(host)) {
				break
			}
			if time.Now().After(deadline) {
				p.t.Fatalf("%s after %s of event %d (-ss +events):\n%s", host, p.last.Kind, p.last.Seq, cmp.Diff(theirs, p.ours(host)))
			}
			p.take(20 * time.Millisecond)
		}
	}
}

// next lets one thing happen, and waits until it does.
func (p *paused) next() {
	at := -1
	p.until("something may happen", func() bool {
		at = slices.IndexFunc(p.held, p.may)
		return at >= 0
	})
	if p.ended {
		return
	}
	p.last, p.obeyed = p.held[at], false
	p.held = slices.Delete(p.held, at, at+1)
	if p.last.Kind == event.KindPacket {
		p.s.Command(event.Command{Verb: event.VerbDeliver, Packet: p.last.ID})
	} else {
		p.s.Command(event.Command{Verb: event.VerbStep, Program: p.last.Program})
	}
	p.until("the command is obeyed", func() bool { return p.obeyed })
}

// may says whether a call or a packet may go on: the client when the server
// is ready, and where both are to close at once, a FIN when both are sent.
func (p *paused) may(e event.Event) bool {
	if e.Kind == event.KindCall {
		return e.Program == "server" || p.ready
	}
	return !p.together || !isFIN(e) || len(p.fins) == 2
}

func isFIN(e event.Event) bool {
	return e.Kind == event.KindPacket && slices.Contains(e.Summary.Flags, "FIN")
}

// until takes in events until what is waited for has come, or the end.
func (p *paused) until(what string, come func() bool) {
	p.t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !come() && !p.ended; p.take(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			p.t.Fatalf("waited in vain until %s, after %s of event %d", what, p.last.Kind, p.last.Seq)
		}
	}
}
