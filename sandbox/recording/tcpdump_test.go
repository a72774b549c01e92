//go:build linux

package recording_test

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
	"fivetuple/sandbox/recording"
	"fivetuple/sandbox/recording/tcpdump"
)

// agreesWithTcpdump compares our lines with those of the real tcpdump over
// the capture of the same run.
func agreesWithTcpdump(t *testing.T, events []event.Event) {
	t.Helper()
	var errs bytes.Buffer
	cmd := exec.Command(tool(t, "tcpdump"), "-nn", "-r", capture(t, events))
	cmd.Env, cmd.Stderr = append(os.Environ(), "TZ=UTC"), &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, errs.String())
	}
	var ours bytes.Buffer
	if err := tcpdump.Write(&ours, events); err != nil {
		t.Fatal(err)
	}
	theirs, all := lines(string(out)), lines(ours.String())
	if len(theirs) != len(all) {
		t.Fatalf("tcpdump prints %d lines, we %d", len(theirs), len(all))
	}
	differ := 0
	for i := range all {
		if theirs[i] != all[i] && differ < 10 {
			t.Errorf("line %d\ntcpdump: %s\nours:    %s", i+1, theirs[i], all[i])
			differ++
		}
	}
}

func TestEveryLabAgreesWithTcpdump(t *testing.T) {
	forEveryLab(t, func(t *testing.T, r ran) { agreesWithTcpdump(t, r.events) })
}

// rare makes packets that labs seldom make: fragments, refusals by ICMP and
// by RST, out-of-band data, HTTP, over IPv4 and IPv6.
const rare = `import socket
from contextlib import suppress
for family, server in ((socket.AF_INET, "10.0.0.2"), (socket.AF_INET6, "fd00::2")):
    u = socket.socket(family, socket.SOCK_DGRAM)
    u.sendto(b"x" * 4000, (server, 9))
    c = socket.socket(family)
    with suppress(ConnectionRefusedError):
        c.connect((server, 9))
    c = socket.socket(family)
    c.connect((server, 8080))
    c.send(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    c.recv(100)
    c.send(b"!", socket.MSG_OOB)
    c.send(b"GET a line that does not end")
    c.send(b"\x00\xff" * 3000)
    c.send("한글 HTTP\r\n".encode())
    c.send(b"HTTP/1.1 200 OK\rx")
    c.close()
`

const rareServer = `import socket
s = socket.create_server(("::", 8080), family=socket.AF_INET6, dualstack_ipv6=True)
for i in range(2):
    c, a = s.accept()
    c.recv(100)
    c.send(b"HTTP/1.1 404 Not Found\r\n\r\n")
    while c.recv(100000):
        pass
    c.close()
`

func rareRun(t *testing.T) ran {
	t.Helper()
	r, err := perform(&lab.Lab{Name: "rare", Topology: lab.Wire, Wire: event.Wire{Mode: "flow"}, Programs: []lab.Program{
		{Name: "server", Host: "server", File: "server.py", Source: []byte(rareServer)},
		{Name: "client", Host: "client", File: "client.py", Source: []byte(rare), After: &lab.After{Program: "server", Call: "listen"}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range r.events {
		if e.Kind == event.KindExit && (e.Code == nil || *e.Code != 0) {
			t.Fatalf("program %s", recording.Exit(&e))
		}
	}
	return r
}

// TestCutPacketsAgreeWithTcpdump cuts every packet of a run at every place.
func TestCutPacketsAgreeWithTcpdump(t *testing.T) {
	r := rareRun(t)
	agreesWithTcpdump(t, r.events)
	events := slices.Clone(r.events[:1])
	for _, f := range recording.Frames(r.events) {
		for n := 14; n <= min(len(f.Data), 140); n++ {
			if at := tcpOptions(f.Data); n > at && at > 0 && n < at+40 {
				continue // tcpdump leaves the list of options open there
			}
			e := *f.Event
			e.Seq, e.Data = uint64(len(events)+1), e.Data[:n]
			events = append(events, e)
		}
	}
	if len(events) < 1000 {
		t.Fatalf("only %d packets", len(events))
	}
	agreesWithTcpdump(t, events)
}

// tcpOptions is where the options of a TCP segment begin, 0 in other frames.
func tcpOptions(frame []byte) int {
	switch {
	case len(frame) > 53 && frame[12] == 8 && frame[23] == 6:
		return 14 + 20 + 20
	case len(frame) > 73 && frame[12] == 0x86 && frame[20] == 6:
		return 14 + 40 + 20
	}
	return 0
}

// Frames that the kernel does not make by itself in a lab, written out by
// hand: behind each address pair what RFC 793 and its kin put there.
var handmade = []string{
	"ffffffffffff020000000001" + "0806" + "0001080006040001" + "0200000000010a000001" + "0000000000000a000002",
	"020000000001020000000002" + "0806" + "0001080006040002" + "0200000000020a000002" + "0200000000010a000001",
	"020000000001020000000002" + "0806" + "0001080006040001" + "0200000000020a000002" + "0200000000090a000001",
	// ICMP: echo, need to frag, host, net, protocol, prohibited, time exceeded, parameter problem.
	ip4(1, "0800f7ff00010002"), ip4(1, "0000f7ff00010002"),
	ip4(1, "030400000000 0578"+inner), ip4(1, "0304000000000000"+inner), ip4(1, "0301000000000000"+inner), ip4(1, "0300000000000000"+inner),
	ip4(1, "0302000000000000"+inner), ip4(1, "030d000000000000"+inner), ip4(1, "030a000000000000"+inner), ip4(1, "0309000000000000"+inner),
	ip4(1, "0303000000000000"+inner), ip4(1, "0310000000000000"+inner), ip4(1, "0b00000000000000"+inner), ip4(1, "0b01000000000000"+inner), ip4(1, "0c00000008000000"+inner),
	ip4(1, "0c01000000000000"+inner),
	// IGMP: reports of version 2 and 3, leave.
	ip4(2, "1600fafae0000005"), ip4(2, "1700fafae0000005"), ip4(2, "2200fafa0000000104000000e0000005"), ip4(2, "2200fafa"),
	ip4(59, ""), ip4(99, "01020304"), ip4(17, "0035"), ip4(17, "00350036"), ip4(17, "0009000900070000"), ip4(17, "0009000900100000aa"),
	// TCP: SACK, fast open, unknown and broken options, no flag, all flags, header lengths.
	tcp(0x10, "0101050a0000000500000009"), tcp(0x10, "0101051200000005000000090000001500000019"), tcp(0x02, "22020101"), tcp(0x02, "220a0102030405060708"+"0101"), tcp(0x02, "2205010203010101"),
	tcp(0x10, "fd04beef"), tcp(0x10, "fd020101"), tcp(0x10, "02050101"), tcp(0x10, "01010200"), tcp(0x10, "00000000"), tcp(0x00, ""), tcp(0xff, ""), tcp(0x04, ""),
	ip4(6, "1f901f91"+"00000001"+"00000002"+"4010ffff00000000"), ip4(6, "1f901f91"+"00000001"+"00000002"+"f010ffff00000000"),
	// IPv6: multicast reports behind a hop-by-hop header, neighbours, echo, errors, fragments.
	ip6(0, "3a00050200000100"+"8f00d5a700000001"+"04000000ff020000000000000000000000000001"), ip6(0, "3a00050200000100"+"8300d5a700000000"+"ff020000000000000000000000000001"),
	ip6(58, "8700000000000000"+"fd000000000000000000000000000002"), ip6(58, "8800000060000000"+"fd000000000000000000000000000002"),
	ip6(58, "8000f7ff00010002"), ip6(58, "8100f7ff00010002"), ip6(58, "0200000000000500"+inner6), ip6(58, "0104000000000000"+inner6), ip6(58, "0101000000000000"+inner6),
	ip6(58, "0100000000000000"+inner6), ip6(58, "0102000000000000"+inner6), ip6(58, "0103000000000000"+inner6), ip6(58, "0300000000000000"+inner6), ip6(58, "0301000000000000"+inner6),
	ip6(58, "8500000000000000"), ip6(58, "8f"), ip6(59, ""), ip6(44, "1100000100000001"+"0009000a0bb80000616263"), ip6(44, "1100059000000001"+"616263"), ip6(60, "3b00010400000000"), ip6(6, "1f90"),
}

const (
	inner  = "4500002000010000401100000a0000010a0000020009000a000c0000"
	inner6 = "6000000000081140fd000000000000000000000000000001fd0000000000000000000000000000020009000a00080000"
)

func ip4(protocol byte, payload string) string {
	payload = strings.ReplaceAll(payload, " ", "")
	h := []byte{0x45, 0, 0, 0, 0, 1, 0, 0, 64, protocol, 0, 0, 10, 0, 0, 2, 10, 0, 0, 1}
	binary.BigEndian.PutUint16(h[2:], uint16(20+len(payload)/2))
	return "0200000000010200000000020800" + hex.EncodeToString(h) + payload
}

func ip6(next byte, payload string) string {
	h := []byte{0x60, 0, 0, 0, 0, 0, next, 64}
	binary.BigEndian.PutUint16(h[4:], uint16(len(payload)/2))
	return "02000000000102000000000286dd" + hex.EncodeToString(h) + "fd000000000000000000000000000002" + "fd000000000000000000000000000001" + payload
}

// tcp is a segment with these flags and options.
func tcp(flags byte, options string) string {
	h := []byte{0x1f, 0x90, 0xa0, 0, 0, 0, 0, 7, 0, 0, 0, 9, byte(5+len(options)/8) << 4, flags, 1, 0, 0, 0, 0, 5}
	return ip4(6, hex.EncodeToString(h)+options)
}

func TestHandmadePacketsAgreeWithTcpdump(t *testing.T) {
	events := []event.Event{{Seq: 1, Kind: event.KindStart, Hosts: []event.Host{{Name: "client"}, {Name: "server"}}}}
	for i, text := range handmade {
		frame, err := hex.DecodeString(text)
		if err != nil {
			t.Fatalf("%d: %v", i, err)
		}
		events = append(events, event.Event{Seq: uint64(i + 2), Kind: event.KindPacket, Phase: event.PhaseSent, ID: uint64(i + 1), From: "server", Data: frame})
	}
	agreesWithTcpdump(t, events)
}
