//go:build linux

package recording_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/recording"
	"fivetuple/sandbox/recording/pcapng"
)

// tool is the path of a program that the tests need.
func tool(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Fatalf("%s is needed: make test installs it", name)
	}
	return path
}

// capture writes events as a capture file and returns its name.
func capture(t *testing.T, events []event.Event) string {
	t.Helper()
	var b bytes.Buffer
	if err := pcapng.Write(&b, events); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "run.pcapng")
	if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

// tshark is what tshark prints of a capture file. It must not complain.
func tshark(t *testing.T, file string, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	cmd := exec.Command(tool(t, "tshark"), append([]string{"-r", file}, args...)...)
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v: %s", err, errs.String())
	}
	for line := range strings.Lines(errs.String()) {
		if !strings.HasPrefix(line, "Running as user") {
			t.Errorf("tshark: %s", line)
		}
	}
	return out.String()
}

// fields are the values of some fields of each packet, a packet a line.
func fields(t *testing.T, file string, names ...string) []string {
	t.Helper()
	args := []string{"-T", "fields", "-E", "separator=|"}
	for _, alone := range []string{"tcp.relative_sequence_numbers", "tcp.desegment_tcp_streams", "ip.defragment", "ipv6.defragment"} {
		args = append(args, "-o", alone+":FALSE") // each packet for itself
	}
	for _, name := range names {
		args = append(args, "-e", name)
	}
	return lines(tshark(t, file, args...))
}

func lines(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(strings.TrimSuffix(text, "\n"), "\n")
}

func TestCaptureOfEveryLab(t *testing.T) {
	forEveryLab(t, func(t *testing.T, r ran) {
		file := capture(t, r.events)
		if broken := tshark(t, file, "-o", "tcp.desegment_tcp_streams:FALSE", "-Y", `_ws.malformed || _ws.expert.group == "Malformed"`); broken != "" {
			t.Errorf("malformed: %s", broken)
		}
		var want []string
		for _, f := range recording.Frames(r.events) {
			want = append(want, fmt.Sprintf("%s|%d.%09d|%d", f.Host, f.T/1e9, f.T%1e9, len(f.Data)))
		}
		if diff := cmp.Diff(want, fields(t, file, "frame.interface_name", "frame.time_epoch", "frame.len")); diff != "" {
			t.Errorf("(-ours +tshark):\n%s", diff)
		}
	})
}

// TestComments sees to it that every call and change of state is beside the
// packet that it came before, and every packet's fate beside it.
func TestComments(t *testing.T) {
	forEveryLab(t, func(t *testing.T, r ran) {
		all := fields(t, capture(t, r.events), "frame.comment")
		if len(all) == 0 && len(recording.Frames(r.events)) == 0 {
			return // Unix-domain sockets send no packets, so nothing can be said beside one
		}
		framed := map[int]bool{}
		for _, f := range recording.Frames(r.events) {
			framed[f.At] = true
		}
		at, dropped := 0, 0
		for i, e := range r.events {
			switch {
			case e.Kind == event.KindCall || e.Kind == event.KindState:
				want := strings.TrimSpace(recording.Line(&e))
				if at == len(all) {
					want, at = "afterwards: "+want, at-1
				}
				if !strings.Contains(plain(all[at]), plain(want)) {
					t.Fatalf("packet %d says %s, not %s", at+1, all[at], want)
				}
				if strings.Contains(want, "afterwards") {
					at++
				}
			case framed[i]:
				at++
			case e.Phase == event.PhaseDropped:
				dropped++
			}
		}
		told := strings.Count(strings.Join(all, "\n"), ", dropped after ")
		if told != dropped {
			t.Errorf("%d packets were dropped, of %d it is told", dropped, told)
		}
	})
}

// plain is a text without backslashes, which some versions of tshark double.
func plain(text string) string { return strings.ReplaceAll(text, `\`, "") }

func TestInterfaces(t *testing.T) {
	forEveryLab(t, func(t *testing.T, r ran) {
		out, err := exec.Command(tool(t, "capinfos"), capture(t, r.events)).CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		var names []string
		for line := range strings.Lines(string(out)) {
			if _, name, ok := strings.Cut(line, "Name = "); ok {
				names = append(names, strings.TrimSpace(name))
			}
		}
		if want := recording.Hosts(r.events); !slices.Equal(names, want) {
			t.Errorf("interfaces %v, want %v", names, want)
		}
	})
}

// TestCaptureOfChangedPackets is about a packet that was changed on its way,
// a phase that nobody knows yet, and a frame for several hosts.
func TestCaptureOfChangedPackets(t *testing.T) {
	frame := func(last byte) []byte { return append(make([]byte, 13), 8, last) }
	packet := func(id uint64, phase event.Phase, data []byte, reason string) event.Event {
		return event.Event{Kind: event.KindPacket, ID: id, Phase: phase, From: "client", To: "server", Data: data, Reason: reason, Summary: &event.Summary{}}
	}
	events := []event.Event{
		{Kind: event.KindStart, Lab: "x", Topology: "wire", Hosts: []event.Host{{Name: "client"}, {Name: "server"}}},
		packet(1, event.PhaseSent, frame(1), ""),
		packet(1, event.PhaseHeld, nil, ""),
		packet(1, event.PhaseChanged, frame(2), event.ReasonEdit),
		packet(2, "folded", frame(3), ""),
		packet(1, event.PhaseDelivered, nil, ""),
		packet(2, event.PhaseDropped, nil, "queue"),
		{Kind: "weather"},
		packet(3, event.PhaseSent, frame(4), ""),
		packet(4, event.PhaseSent, frame(4), ""), // the switch gives the same frame to another host
		packet(3, event.PhaseDelivered, nil, ""),
		packet(4, event.PhaseDelivered, nil, ""),
	}
	events[9].Of, events[11].To = 3, "host3"
	for i := range events {
		events[i].Seq, events[i].T = uint64(i+1), int64(i)*1e6
	}
	want := []string{
		"client|packet 1 sent, held after 0.001000 s",
		"server|packet 1 changed (edit), delivered after 0.002000 s",
		"server|packet 2 folded, dropped after 0.002000 s (queue)",
		"client|packet 3 sent, delivered after 0.002000 s, delivered at host3 after 0.003000 s",
	}
	if diff := cmp.Diff(want, fields(t, capture(t, events), "frame.interface_name", "frame.comment")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestCaptureAtItsLimits is about no packet at all, and about a frame and
// texts that are longer than may be.
func TestCaptureAtItsLimits(t *testing.T) {
	if got := tshark(t, capture(t, nil)); got != "" {
		t.Errorf("no event made %s", got)
	}
	long := strings.Repeat("가", 40_000)
	result := int64(0)
	events := []event.Event{
		{Seq: 1, Kind: event.KindStart, Lab: long, Hosts: []event.Host{{Name: "a"}}},
		{Seq: 2, Kind: event.KindCall, Phase: event.PhaseReturn, Name: "sendto", Args: []string{long}, Result: &result},
		{Seq: 3, Kind: event.KindPacket, Phase: event.PhaseSent, ID: 1, From: "a", Data: make([]byte, 300<<10)},
	}
	got := fields(t, capture(t, events), "frame.len", "frame.cap_len")
	if diff := cmp.Diff([]string{"307200|262144"}, got); diff != "" {
		t.Error(diff)
	}
}
