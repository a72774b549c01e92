//go:build linux

package sandbox_test

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
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

// watchedServer and watchedClient wait for a line before they begin, and for
// another before they end.
const (
	watchedServer = `import socket
input()
s = socket.create_server(("", 8080))
c, a = s.accept()
while data := c.recv(1000):
    c.sendall(data.upper())
c.close()
print("over")
input()
`
	watchedClient = `import socket
input()
c = socket.create_connection(("server", 8080))
for text in b"hello", bytes(4000):
    c.sendall(text)
    got = 0
    while got < len(text):
        got += len(c.recv(1000))
c.close()
print("over")
input()
`
)

// TestPacketsAgreeWithTcpdump compares the packets of a run with those that
// tcpdump captures, which has nothing of ours: it listens in the host's
// network namespace, on the interface that the host itself has.
func TestPacketsAgreeWithTcpdump(t *testing.T) {
	for _, name := range []string{"nsenter", "tcpdump", "tshark"} {
		tool(t, name)
	}
	if os.Getuid() != 0 {
		t.Skip("only root may capture in the network namespace of a sandbox, which is another user's")
	}
	tests := []struct {
		topology        lab.Topology
		host, interfaze string
	}{
		{lab.Wire, "client", "eth0"},
		{lab.Wire, "server", "eth0"},
		{lab.Loopback, "localhost", "lo"},
	}
	for _, tt := range tests {
		t.Run(string(tt.topology)+" "+tt.host, func(t *testing.T) {
			l := echo(tt.topology)
			l.Programs[0].Source, l.Programs[1].Source = []byte(watchedServer), []byte(watchedClient)
			l.Programs[1].After = nil // it waits for its line
			if tt.topology == lab.Wire {
				l.Wire.Delay = 5 * time.Millisecond
			}
			s, err := sandbox.Start(t.Context(), l)
			if err != nil {
				t.Fatal(err)
			}
			p := follow(t, s, l)
			c := &captured{host: tt.host}
			listening, over := false, 0
			p.each = func(encoded []byte) {
				e := decode(t, encoded)
				c.see(e)
				listening = listening || e.To == "LISTEN"
				if e.Kind == event.KindPrint && e.Text == "over\n" {
					over++
				}
			}
			p.open()
			file, stop := p.tcpdump(tt.host, tt.interfaze)
			s.Command(event.Command{Verb: event.VerbInput, Program: "server"})
			p.until("the server listens", func() bool { return listening })
			s.Command(event.Command{Verb: event.VerbInput, Program: "client"})
			p.until("both have closed", func() bool { return over == 2 })
			// The last packets may not have been told yet, or not been written.
			for deadline := time.Now().Add(10 * time.Second); len(theirs(t, file)) != len(c.ours) && time.Now().Before(deadline); {
				p.take(20 * time.Millisecond)
			}
			stop()
			p.take(0)
			c.agree(t, theirs(t, file))
			for _, program := range []string{"server", "client"} {
				s.Command(event.Command{Verb: event.VerbInput, Program: program})
			}
			p.until("the programs have ended", func() bool { return p.ended })
		})
	}
}

// tcpdump starts to write what comes and goes at an interface of a host to a
// file, and returns when it does.
func (p *paused) tcpdump(host, interfaze string) (file string, stop func()) {
	p.t.Helper()
	file = filepath.Join(p.t.TempDir(), "capture.pcap")
	out, err := os.Create(file)
	if err != nil {
		p.t.Fatal(err)
	}
	defer out.Close()
	cmd := exec.Command("nsenter", "--net=/proc/self/fd/3", "tcpdump", "-Z", "root", "-i", interfaze, "-n", "-s", "0", "--immediate-mode", "-U", "-w", "-")
	cmd.ExtraFiles = []*os.File{p.nets[host][1]}
	cmd.Stdout = out
	said, err := cmd.StderrPipe()
	if err != nil {
		p.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	lines := bufio.NewScanner(said)
	var all []string
	for !strings.Contains(strings.Join(all, " "), "listening on") {
		if !lines.Scan() {
			p.t.Fatalf("tcpdump: %v: %q", cmd.Wait(), all)
		}
		all = append(all, lines.Text())
	}
	stop = sync.OnceFunc(func() {
		_ = cmd.Process.Signal(unix.SIGINT)
		for lines.Scan() { // what it counted
		}
		var failed *exec.ExitError
		if err := cmd.Wait(); err != nil && !errors.As(err, &failed) {
			p.t.Error(err)
		}
	})
	p.t.Cleanup(stop) // of a test that fails before it does
	return file, stop
}

// frame is a packet as it is seen at a host.
type frame struct {
	t    time.Duration // when, from any moment on
	to   string        // the address that it is for, which says which way it goes
	says string        // what its headers say
}

// captured are our packets at a host, in the order in which they are told.
type captured struct {
	host string
	ours []frame
}

// see takes in an event: a packet is at its sender's interface when it is
// sent, and at its receiver's when it is delivered.
func (c *captured) see(e event.Event) {
	if e.Kind != event.KindPacket || e.Summary.Proto != "TCP" {
		return
	}
	sent := e.Phase == event.PhaseSent && (e.From == c.host || c.host == "localhost")
	if !sent && !(e.Phase == event.PhaseDelivered && e.To == c.host) {
		return
	}
	s := e.Summary
	flags := slices.Sorted(slices.Values(s.Flags))
	line := fmt.Sprintf("%s > %s %v seq %d len %d win %d", s.Src, s.Dst, flags, *s.Seq, s.Len, *s.Window)
	if s.Ack != nil {
		line += fmt.Sprintf(" ack %d", *s.Ack)
	}
	c.ours = append(c.ours, frame{time.Duration(e.T), s.Dst, line})
}

// theirs are the packets of a capture file, as tshark reads them.
func theirs(t *testing.T, file string) (all []frame) {
	t.Helper()
	args := []string{"-r", file, "-Y", "tcp", "-T", "fields", "-E", "separator=|", "-o", "tcp.relative_sequence_numbers:FALSE", "-o", "tcp.desegment_tcp_streams:FALSE"}
	for _, field := range strings.Fields("frame.time_epoch ip.src tcp.srcport ip.dst tcp.dstport tcp.flags tcp.seq_raw tcp.len tcp.window_size_value tcp.ack_raw") {
		args = append(args, "-e", field)
	}
	out, _ := exec.Command("tshark", args...).Output() // it complains of a file that grows
	for line := range strings.Lines(string(out)) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "|")
		at, err := strconv.ParseFloat(f[0], 64)
		bits, err2 := strconv.ParseUint(f[5], 0, 16)
		if err := errors.Join(err, err2); err != nil {
			t.Fatalf("tshark says %q: %v", line, err)
		}
		says := fmt.Sprintf("%s:%s > %s:%s %v seq %s len %s win %s", f[1], f[2], f[3], f[4], flagsOf(bits), f[6], f[7], f[8])
		if bits&ackBit != 0 {
			says += " ack " + f[9]
		}
		all = append(all, frame{time.Duration(at * 1e9), f[3] + ":" + f[4], says})
	}
	return all
}

const ackBit = 1 << 4

// flagsOf names the bits of TCP's flags, in the order of the alphabet.
func flagsOf(bits uint64) []string {
	names := []string{}
	for i, name := range []string{"FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"} {
		if bits&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// nearly is how far apart two packets of opposite directions may be of which
// neither is the other's consequence: they are read from two queues, and which
// is told first is chance. Consequences take no such liberty.
const nearly = 50 * time.Millisecond

// agree compares our packets with theirs: of each direction all of them in
// their order, and both directions with each other.
func (c *captured) agree(t *testing.T, theirs []frame) {
	t.Helper()
	if len(c.ours) < 10 {
		t.Errorf("only %d packets are told", len(c.ours))
	}
	ways := map[string]bool{}
	for _, f := range slices.Concat(theirs, c.ours) {
		ways[f.to] = true
	}
	for to := range ways {
		if diff := cmp.Diff(says(theirs, to), says(c.ours, to)); diff != "" {
			t.Fatalf("to %s (-tcpdump +ours):\n%s", to, diff)
		}
	}
	for i, a := range theirs {
		for _, b := range theirs[i:] {
			if b.t-a.t > nearly && place(c.ours, theirs, a) > place(c.ours, theirs, b) {
				t.Errorf("%v before it, tcpdump has %q, and we have it after %q", b.t-a.t, a.says, b.says)
			}
		}
	}
}

func says(all []frame, to string) (lines []string) {
	for _, f := range all {
		if f.to == to {
			lines = append(lines, f.says)
		}
	}
	return lines
}

// place is where ours has a packet of theirs: it has as many of that direction
// before it.
func place(ours, theirs []frame, f frame) int {
	before := 0
	for _, other := range theirs {
		if other == f {
			break
		}
		if other.to == f.to {
			before++
		}
	}
	for i, own := range ours {
		if own.to != f.to {
			continue
		}
		if before == 0 {
			return i
		}
		before--
	}
	return -1
}
