// Package tcpdump writes the packets of a run as tcpdump prints them: the
// text is that of
//
//	TZ=UTC tcpdump -nn -r run.pcapng
//
// over the capture file of the same run, so that times count from the start
// of the run and TCP's numbers are relative, as tcpdump does it. Which
// packets there are says [recording.Frame].
//
// Of what TCP and UDP carry, only HTTP is read, on the ports 80 and 8080;
// tcpdump knows more protocols by their ports, and of frames of an unknown
// type it prints the bytes too.
//
// Source: tcpdump(1), and the output of tcpdump 4.99.
package tcpdump

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"time"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/recording"
)

// Write writes the packets among events, a line for each.
func Write(w io.Writer, events []event.Event) error {
	out := bufio.NewWriter(w) // keeps its first error until Flush
	p := printer{numbers: map[conversation]origin{}}
	for _, f := range recording.Frames(events) {
		fmt.Fprintf(out, "%s %s\n", time.Unix(0, f.T).UTC().Format("15:04:05.000000"), p.line(f.Data))
	}
	return out.Flush()
}

// printer makes the lines of a capture, one after another: the numbers of a
// TCP conversation are relative to those it began with.
type printer struct {
	numbers map[conversation]origin
	text    []byte
	layer   string // protocol whose header is read: the one that a cut packet ends in
	short   bool   // something beyond the end of the packet was asked for: nothing more is printed
}

// line is the line of a frame without its time.
func (p *printer) line(frame []byte) string {
	p.text, p.layer, p.short = nil, "", false
	p.ethernet(frame)
	if p.short {
		p.text = fmt.Appendf(p.text, " [|%s]", p.layer)
	}
	return string(p.text)
}

func (p *printer) print(format string, args ...any) {
	if !p.short {
		p.text = fmt.Appendf(p.text, format, args...)
	}
}

// u8, u16, u32 and bytes read from a packet; where it is too short they
// return zeros and the line ends there.
func (p *printer) u8(b []byte, at int) uint8   { return p.bytes(b, at, 1)[0] }
func (p *printer) u16(b []byte, at int) uint16 { return binary.BigEndian.Uint16(p.bytes(b, at, 2)) }
func (p *printer) u32(b []byte, at int) uint32 { return binary.BigEndian.Uint32(p.bytes(b, at, 4)) }

func (p *printer) bytes(b []byte, at, n int) []byte {
	if at < 0 || at+n > len(b) {
		p.short = true
		return make([]byte, n)
	}
	return b[at : at+n]
}

// from is what is left of b from a place on, which may be beyond its end.
func from(b []byte, at int) []byte { return b[min(at, len(b)):] }

const (
	typeIPv4 = 0x0800
	typeARP  = 0x0806
	typeIPv6 = 0x86dd
)

const ethernetHeader = 14

func (p *printer) ethernet(b []byte) {
	if len(b) < ethernetHeader {
		p.layer, p.short = "ether", true
		return
	}
	rest := b[ethernetHeader:]
	switch kind := p.u16(b, 12); kind {
	case typeIPv4:
		p.ip4(rest)
	case typeIPv6:
		p.ip6(rest)
	case typeARP:
		p.arp(rest)
	default:
		p.print("%s > %s, ethertype Unknown (0x%04x), length %d: ", net.HardwareAddr(b[6:12]), net.HardwareAddr(b[:6]), kind, len(b))
	}
}

func (p *printer) arp(b []byte) {
	p.layer = "arp"
	hardware, protocol, operation := p.u16(b, 0), p.u16(b, 2), p.u16(b, 6)
	if p.bytes(b, 0, 28); p.short {
		return
	}
	p.print("ARP, ")
	if hardware != 1 || protocol != typeIPv4 || b[4] != 6 || b[5] != 4 {
		p.print("Unknown Hardware (%d) (len %d), Unknown Protocol (0x%04x) (len %d), length %d", hardware, b[4], protocol, b[5], len(b))
		return
	}
	from, to := address(b[14:18]), address(b[24:28])
	switch operation {
	case 1:
		p.print("Request who-has %s", to)
		if target := net.HardwareAddr(b[18:24]); target.String() != "00:00:00:00:00:00" {
			p.print(" (%s)", target)
		}
		p.print(" tell %s", from)
	case 2:
		p.print("Reply %s is-at %s", from, net.HardwareAddr(b[8:14]))
	default:
		p.print("Unknown (%d) ", operation)
	}
	p.print(", length %d", len(b))
}
