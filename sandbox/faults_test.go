//go:build linux

package sandbox_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fivetuple/sandbox"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
)

// Datagrams numbered from 0 to 99, and who writes down what arrives. The
// last number is sent until it is answered, past every fault.
const (
	countingServer = `import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("server", 8080))
got = []
while True:
    n, a = s.recvfrom(99)
    if n == b"end":
        break
    got.append(int(n))
print(*got)
for _ in range(50):
    s.sendto(b"bye", a)
`
	countingClient = `import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.settimeout(0.2)
for n in range(100):
    s.sendto(str(n).encode(), ("server", 8080))
while True:
    s.sendto(b"end", ("server", 8080))
    try:
        s.recvfrom(99)
        break
    except OSError:
        pass
`
)

// counted runs the datagrams over a wire and returns what arrived, and how
// many packets of the client's first hundred met each reason.
func counted(t *testing.T, wire event.Wire, seed int64) (arrived []string, met map[string]int) {
	t.Helper()
	l := pair(lab.Wire, countingServer, countingClient, "bind")
	wire.Mode = event.Flow
	l.Wire, l.Seed = wire, seed
	all := run(t, l, nil)
	finished(t, all)
	met = map[string]int{}
	numbers := map[uint64]bool{}
	for _, e := range all {
		if e.Kind != event.KindPacket {
			continue
		}
		if e.Phase == event.PhaseSent && e.From == "client" && len(numbers) < 100 {
			numbers[e.ID] = true
		}
		if (numbers[e.ID] || numbers[e.Of]) && e.Reason != "" {
			met[e.Reason]++
		}
	}
	return strings.Fields(printed(all, "server")), met
}

func TestFaults(t *testing.T) {
	tests := []struct {
		name  string
		wire  event.Wire
		check func(t *testing.T, arrived []string, met map[string]int)
	}{
		{"loss", event.Wire{Loss: 0.3}, func(t *testing.T, arrived []string, met map[string]int) {
			if n := met[event.ReasonLoss]; n < 10 || n > 50 || len(arrived) != 100-n || !slices.IsSortedFunc(arrived, byNumber) {
				t.Errorf("%d lost, arrived %v", n, arrived)
			}
		}},
		{"duplicate", event.Wire{Duplicate: 0.3}, func(t *testing.T, arrived []string, met map[string]int) {
			if n := met[event.ReasonDuplicate]; n < 10 || n > 50 || len(arrived) != 100+n {
				t.Errorf("%d duplicated, %d arrived", n, len(arrived))
			}
		}},
		{"corrupt", event.Wire{Corrupt: 0.3}, func(t *testing.T, arrived []string, met map[string]int) {
			if n := met[event.ReasonCorrupt]; n < 10 || n > 50 || len(arrived) != 100-n || met[event.ReasonWrong] != n {
				t.Errorf("%d corrupted, %d discarded, %d arrived", n, met[event.ReasonWrong], len(arrived))
			}
		}},
		{"reorder", event.Wire{Reorder: 0.3, Delay: time.Millisecond}, func(t *testing.T, arrived []string, _ map[string]int) {
			if len(arrived) != 100 || slices.IsSortedFunc(arrived, byNumber) {
				t.Errorf("%d arrived, in this order: %v", len(arrived), arrived)
			}
		}},
		{"jitter", event.Wire{Delay: 3 * time.Millisecond, Jitter: 2 * time.Millisecond}, func(t *testing.T, arrived []string, _ map[string]int) {
			if len(arrived) != 100 || !slices.IsSortedFunc(arrived, byNumber) {
				t.Errorf("%d arrived, in this order: %v", len(arrived), arrived)
			}
		}},
		{"queue", event.Wire{Rate: 20_000, Queue: 5}, func(t *testing.T, arrived []string, met map[string]int) {
			if n := met[event.ReasonQueue]; n < 50 || len(arrived) != 100-n {
				t.Errorf("%d found the queue full, %d arrived", n, len(arrived))
			}
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			arrived, met := counted(t, tt.wire, 7)
			tt.check(t, arrived, met)
			if tt.wire.Rate != 0 {
				return // what finds the queue full is a matter of time
			}
			again, _ := counted(t, tt.wire, 7)
			if diff := cmp.Diff(arrived, again); diff != "" {
				t.Errorf("the same seed makes another choice:\n%s", diff)
			}
		})
	}
}

func byNumber(a, b string) int {
	var x, y int
	fmt.Sscan(a, &x)
	fmt.Sscan(b, &y)
	return x - y
}

const (
	sinkServer = `import socket
s = socket.create_server(("server", 8080))
c, a = s.accept()
n = 0
while data := c.recv(65536):
    n += len(data)
print(n)
`
	sourceClient = `import socket
c = socket.create_connection(("server", 8080))
c.sendall(bytes(20000))
`
)

func reasons(all []event.Event) map[string]int {
	met := map[string]int{}
	for _, e := range all {
		if e.Kind == event.KindPacket && e.Reason != "" {
			met[e.Reason]++
		}
	}
	return met
}

// TestPathMTU: segments too long for the wire are dropped, their sender is
// told by ICMP, and sends shorter ones.
func TestPathMTU(t *testing.T) {
	l := pair(lab.Wire, sinkServer, sourceClient, "listen")
	l.Wire = event.Wire{Mode: event.Flow, MTU: 800}
	all := run(t, l, nil)
	finished(t, all)
	met := reasons(all)
	if got := printed(all, "server"); got != "20000\n" || met[event.ReasonTooBig] == 0 || met[event.ReasonICMP] == 0 {
		t.Errorf("the server got %q; %v", got, met)
	}
	for _, e := range all {
		if e.Phase == event.PhaseDelivered && e.Kind == event.KindPacket && e.Summary.Proto == "TCP" && e.Summary.Len > 760 {
			t.Errorf("packet %d of %d bytes passed", e.ID, e.Summary.Len)
		}
	}
}

// TestFragments: a datagram that may be fragmented is, and arrives whole.
func TestFragments(t *testing.T) {
	l := pair(lab.Wire, "import socket\ns = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\ns.bind(('server', 8080))\nprint(len(s.recv(9999)))\n",
		"import socket\ns = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\ns.setsockopt(socket.IPPROTO_IP, 10, 0) # IP_MTU_DISCOVER, IP_PMTUDISC_DONT\ns.sendto(bytes(1400), ('server', 8080))\n", "bind")
	l.Wire = event.Wire{Mode: event.Flow, MTU: 600}
	all := run(t, l, nil)
	finished(t, all)
	if met := reasons(all); printed(all, "server") != "1400\n" || met[event.ReasonFragmented] != 1 || met[event.ReasonFragment] != 3 {
		t.Errorf("the server got %q; %v", printed(all, "server"), met)
	}
}

// TestTimeline: the wire is cut and mended while a connection waits.
func TestTimeline(t *testing.T) {
	l := pair(lab.Wire, sinkServer, "import socket, time\nc = socket.create_connection(('server', 8080))\ntime.sleep(0.3)\nc.sendall(bytes(20000))\n", "listen")
	cut, mended := []string{"client"}, []string{}
	l.Timeline = []lab.WireStep{
		{At: 200 * time.Millisecond, WireChange: event.WireChange{Cut: &cut}},
		{At: 700 * time.Millisecond, WireChange: event.WireChange{Cut: &mended}},
	}
	all := run(t, l, nil)
	finished(t, all)
	again := 0
	for _, e := range all {
		if e.Again != 0 {
			again++
		}
	}
	if met := reasons(all); printed(all, "server") != "20000\n" || met[event.ReasonCut] == 0 || again == 0 {
		t.Errorf("the server got %q; %v, %d sent again", printed(all, "server"), met, again)
	}
}

// TestTimelineFromCall: a step counts from a call that succeeds late, and one
// that counts from a call which is never made is left out.
func TestTimelineFromCall(t *testing.T) {
	l := pair(lab.Wire, sinkServer, "import socket, time\ntime.sleep(0.4)\nc = socket.create_connection(('server', 8080))\nc.sendall(bytes(20000))\n", "listen")
	cut, mended := []string{"client"}, []string{}
	connect := &lab.After{Program: "client", Call: "connect"}
	l.Timeline = []lab.WireStep{
		{After: connect, WireChange: event.WireChange{Cut: &cut}},
		{At: 300 * time.Millisecond, After: connect, WireChange: event.WireChange{Cut: &mended}},
		{After: &lab.After{Program: "client", Call: "bind"}, WireChange: event.WireChange{Cut: &cut}},
	}
	all := run(t, l, nil)
	finished(t, all)
	var connected time.Duration
	var changes []time.Duration
	for _, e := range all {
		switch {
		case e.Kind == event.KindCall && e.Program == "client" && e.Name == "connect" && e.Phase == event.PhaseReturn:
			connected = time.Duration(e.T)
		case e.Kind == event.KindWire && connected != 0:
			changes = append(changes, time.Duration(e.T)-connected)
		}
	}
	if len(changes) != 2 || changes[1]-changes[0] < 200*time.Millisecond || changes[1] < 300*time.Millisecond-time.Millisecond {
		t.Errorf("the wire changed %v after connect", changes)
	}
}

// TestFlowAfterHold: when a wire with held packets becomes flow, what is sent
// from then on does not overtake them.
func TestFlowAfterHold(t *testing.T) {
	for range 3 {
		client := "import socket\nc = socket.create_connection(('server', 8080))\ninput()\nc.sendall(bytes(200000))\n"
		mode := func(m string) event.Command {
			return event.Command{Verb: event.VerbWire, WireChange: event.WireChange{Mode: m}}
		}
		held := 0
		all := run(t, pair(lab.Wire, sinkServer, client, "listen"), func(s *sandbox.Sandbox, e event.Event) {
			switch {
			case e.Kind == event.KindCall && e.Program == "client" && e.Name == "connect" && e.Phase == event.PhaseReturn:
				s.Command(mode(event.Hold))
				s.Command(event.Command{Verb: event.VerbInput, Program: "client", Text: "go"})
			case e.Kind == event.KindPacket && e.Phase == event.PhaseHeld && e.From == "client" && e.Summary.Len > 0:
				if held++; held == 10 {
					s.Command(mode(event.Flow))
				}
			}
		})
		finished(t, all)
		if got := printed(all, "server"); got != "200000\n" || held < 10 {
			t.Errorf("%d segments were held; the server got %q", held, got)
		}
		last := map[string]uint64{}
		for _, e := range all {
			if e.Kind != event.KindPacket || e.Phase != event.PhaseDelivered {
				continue
			}
			if e.ID < last[e.From] {
				t.Fatalf("event %d: packet %d of %s arrives after packet %d", e.Seq, e.ID, e.From, last[e.From])
			}
			last[e.From] = e.ID
		}
	}
}

// TestHands duplicates, delays and edits held packets.
func TestHands(t *testing.T) {
	l := echo(lab.Wire)
	l.Wire.Mode = event.Hold
	var copies, delayed, edited int
	wait := 50 * time.Millisecond
	frames := map[uint64][]byte{}
	all := run(t, l, func(s *sandbox.Sandbox, e event.Event) {
		if e.Data != nil {
			frames[e.ID] = e.Data
		}
		switch {
		case e.Kind != event.KindPacket:
		case e.Phase == event.PhaseMade && e.Reason == event.ReasonDuplicate:
			copies++
		case e.Phase == event.PhaseChanged && e.Reason == event.ReasonEdit:
			edited++
			s.Command(event.Command{Verb: event.VerbDeliver, Packet: e.ID})
		case e.Phase != event.PhaseHeld:
		case slices.Equal(e.Summary.Flags, []string{"SYN"}) && e.Of == 0:
			s.Command(event.Command{Verb: event.VerbDuplicate, Packet: e.ID})
			s.Command(event.Command{Verb: event.VerbDeliver, Packet: e.ID})
		case e.Summary.Text == "hello":
			s.Command(event.Command{Verb: event.VerbEdit, Packet: e.ID, Data: bytes.Replace(frames[e.ID], []byte("hello"), []byte("jello"), 1)})
		case e.Summary.Text == "JELLO":
			delayed++
			s.Command(event.Command{Verb: event.VerbDelay, Packet: e.ID, WireChange: event.WireChange{Delay: &wait}})
		default:
			s.Command(event.Command{Verb: event.VerbDeliver, Packet: e.ID})
		}
	})
	finished(t, all)
	if got := printed(all, "client"); got != "b'JELLO'\n" || copies != 1 || edited != 1 || delayed == 0 {
		t.Errorf("client printed %q; %d copies, %d edited, %d delayed", got, copies, edited, delayed)
	}
}

// TestEditedByHand edits datagrams and leaves their checksums: who receives
// one that is wrong now throws it away, and that is told of it; of one that is
// still right it is not.
func TestEditedByHand(t *testing.T) {
	for _, topology := range []string{"0.0.0.0", "::"} {
		t.Run(topology, func(t *testing.T) {
			l := pair(lab.Wire, `import socket
s = socket.socket(socket.AF_INET6 if ":" in "`+topology+`" else socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("`+topology+`", 8080))
got = []
while not got or got[-1] != b"last":
    got.append(s.recv(100))
print(got)
`, `import socket
s = socket.socket(socket.AF_INET6 if ":" in "`+topology+`" else socket.AF_INET, socket.SOCK_DGRAM)
for text in b"right", b"wrong", b"header", b"longer", b"made", b"last":
    s.sendto(text, ("server", 8080))
`, "bind")
			l.Wire.Mode = event.Hold
			texts, frames := map[uint64]string{}, map[uint64][]byte{}
			var discarded []string
			all := run(t, l, func(s *sandbox.Sandbox, e event.Event) {
				if e.Kind != event.KindPacket {
					return
				}
				if e.Data != nil {
					frames[e.ID] = e.Data
				}
				switch e.Phase {
				case event.PhaseHeld:
					texts[e.ID] = e.Summary.Text
					frame := bytes.Clone(frames[e.ID])
					switch e.Summary.Text {
					case "right":
						s.Command(event.Command{Verb: event.VerbEdit, Packet: e.ID, Data: frame, Checksum: event.ChecksumLeave})
					case "wrong":
						frame[len(frame)-1] = 'G'
						s.Command(event.Command{Verb: event.VerbEdit, Packet: e.ID, Data: frame, Checksum: event.ChecksumLeave})
					case "header": // IPv6 has no checksum of it: it is longer than it says there
						frame[map[byte]int{4: 14 + 8, 6: 14 + 5}[frame[14]>>4]]++
						s.Command(event.Command{Verb: event.VerbEdit, Packet: e.ID, Data: frame, Checksum: event.ChecksumLeave})
					case "longer":
						mended := bytes.Clone(frame)
						mended[map[byte]int{4: 14 + 3, 6: 14 + 5}[frame[14]>>4]]++
						if frame[14]>>4 == 4 { // one more here and one less there
							mended[14+9], mended[14+11] = frame[14+9], frame[14+11]-1
						}
						s.Command(event.Command{Verb: event.VerbEdit, Packet: e.ID, Data: mended, Checksum: event.ChecksumLeave})
					case "made":
						frame[len(frame)-1] = 'E'
						s.Command(event.Command{Verb: event.VerbInject, From: "client", To: "server", Data: frame, Checksum: event.ChecksumLeave})
						s.Command(event.Command{Verb: event.VerbDrop, Packet: e.ID})
						return
					}
					s.Command(event.Command{Verb: event.VerbDeliver, Packet: e.ID})
				case event.PhaseDiscarded:
					discarded = append(discarded, texts[e.ID])
				}
			})
			finished(t, all)
			if diff := cmp.Diff([]string{"wrong", "header", "longer", "madE"}, discarded); diff != "" {
				t.Errorf("told as discarded (-want +got):\n%s", diff)
			}
			if got := printed(all, "server"); got != "[b'right', b'last']\n" {
				t.Errorf("the server printed %q", got)
			}
		})
	}
}
