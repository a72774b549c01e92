//go:build linux

package recording_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/recording"
)

// TestFieldsOfEveryLabAgreeWithTshark compares what our summaries say of
// every packet of the course with what tshark says of it.
func TestFieldsOfEveryLabAgreeWithTshark(t *testing.T) {
	forEveryLab(t, func(t *testing.T, r ran) { fieldsAgree(t, r.events) })
}

// TestFieldsOfRarePacketsAgreeWithTshark does so for fragments, refusals and
// IPv6.
func TestFieldsOfRarePacketsAgreeWithTshark(t *testing.T) { fieldsAgree(t, rareRun(t).events) }

func fieldsAgree(t *testing.T, events []event.Event) {
	t.Helper()
	var ours []string
	for _, f := range recording.Frames(events) {
		ours = append(ours, summaryLine(f.Summary))
	}
	var theirs []string
	for _, line := range fields(t, capture(t, events), sharkFields...) {
		theirs = append(theirs, newShark(line).line())
	}
	if diff := cmp.Diff(theirs, ours); diff != "" {
		t.Errorf("(-tshark +ours):\n%s", diff)
	}
}

// summaryLine is a summary but for its preview, which tshark has not.
func summaryLine(s *event.Summary) string {
	line := fmt.Sprintf("%s %s > %s len %d", s.Proto, s.Src, s.Dst, s.Len)
	if s.Seq != nil {
		line += fmt.Sprintf(" %v seq %d win %d %q", s.Flags, *s.Seq, *s.Window, s.Options)
	}
	if s.Ack != nil {
		line += fmt.Sprintf(" ack %d", *s.Ack)
	}
	return line
}

// sharkFields are the fields that tshark is asked for.
var sharkFields = []string{
	"frame.protocols", "ip.src", "ip.dst", "ip.len", "ip.hdr_len", "ip.flags.mf", "ip.frag_offset",
	"ipv6.src", "ipv6.dst", "ipv6.plen", "arp.src.proto_ipv4", "arp.dst.proto_ipv4",
	"tcp.srcport", "tcp.dstport", "tcp.seq_raw", "tcp.ack_raw", "tcp.window_size_value", "tcp.len", "tcp.flags",
	"tcp.option_kind", "tcp.options.mss_val", "tcp.options.wscale.shift", "tcp.options.timestamp.tsval", "tcp.options.timestamp.tsecr",
	"tcp.options.sack_le", "tcp.options.sack_re", "udp.srcport", "udp.dstport", "udp.length",
}

// shark is what tshark says of a packet. Of a packet that carries the
// beginning of another a field has several values; the first is the outer
// one's.
type shark map[string][]string

func newShark(line string) shark {
	s := shark{}
	for i, values := range strings.Split(line, "|") {
		s[sharkFields[i]] = strings.Split(values, ",")
	}
	return s
}

func (s shark) text(field string) string { return s[field][0] }

func (s shark) number(field string) int {
	n, _ := strconv.Atoi(s.text(field))
	return n
}

// line is the packet as summaryLine writes ours.
func (s shark) line() string {
	layers := strings.Split(s.text("frame.protocols"), ":")[2:] // eth:ethertype:…
	switch {
	case layers[0] == "arp":
		return fmt.Sprintf("ARP %s > %s len 28", s.text("arp.src.proto_ipv4"), s.text("arp.dst.proto_ipv4"))
	case layers[0] == "ip":
		return s.above("IPv4", layers, "%s:%s", s.text("ip.src"), s.text("ip.dst"), s.number("ip.len")-s.number("ip.hdr_len"))
	case layers[0] == "ipv6":
		return s.above("IPv6", layers, "[%s]:%s", s.text("ipv6.src"), s.text("ipv6.dst"), s.number("ipv6.plen"))
	}
	return "layers " + s.text("frame.protocols")
}

// above is a packet that IP carries; end is the form of an address with a
// port.
func (s shark) above(ip string, layers []string, end, src, dst string, length int) string {
	fragment := s.text("ip.flags.mf") == "1" || s.text("ip.frag_offset") != "0" && s.text("ip.frag_offset") != "" || slices.Contains(layers, "ipv6.fraghdr")
	next := ""
	if len(layers) > 1 && !(fragment && !slices.Contains(layers, "icmpv6")) {
		next = layers[1]
	}
	ends := func(proto string) string {
		return fmt.Sprintf(end+" > "+end, src, s.text(proto+".srcport"), dst, s.text(proto+".dstport"))
	}
	switch next {
	case "igmp":
		ip = "IGMP"
	case "tcp":
		return fmt.Sprintf("TCP %s len %s %v", ends("tcp"), s.text("tcp.len"), s.tcp())
	case "udp":
		return fmt.Sprintf("UDP %s len %d", ends("udp"), s.number("udp.length")-8)
	case "icmp":
		return fmt.Sprintf("ICMP %s > %s len %d", src, dst, length)
	case "icmpv6":
		return fmt.Sprintf("ICMPv6 %s > %s len %d", src, dst, length)
	}
	return fmt.Sprintf("%s %s > %s len %d", ip, src, dst, length)
}

func (s shark) tcp() string {
	flags := flagNames(s.text("tcp.flags"))
	line := fmt.Sprintf("%v seq %s win %s %q", flags, s.text("tcp.seq_raw"), s.text("tcp.window_size_value"), s.options())
	if slices.Contains(flags, "ACK") {
		line += " ack " + s.text("tcp.ack_raw")
	}
	return line
}

// options are the options of TCP as our summaries name them.
func (s shark) options() (names []string) {
	for _, kind := range s["tcp.option_kind"] {
		switch kind {
		case "2":
			names = append(names, "mss "+s.text("tcp.options.mss_val"))
		case "3":
			names = append(names, "wscale "+s.text("tcp.options.wscale.shift"))
		case "4":
			names = append(names, "sackOK")
		case "5":
			sack := "sack"
			for i, left := range s["tcp.options.sack_le"] {
				sack += fmt.Sprintf(" {%s:%s}", left, s["tcp.options.sack_re"][i])
			}
			names = append(names, sack)
		case "8":
			names = append(names, fmt.Sprintf("TS val %s ecr %s", s.text("tcp.options.timestamp.tsval"), s.text("tcp.options.timestamp.tsecr")))
		}
	}
	return names
}

// flagNames names the bits of tshark's tcp.flags.
func flagNames(hex string) []string {
	bits, _ := strconv.ParseUint(strings.TrimPrefix(hex, "0x"), 16, 16)
	byBit := []string{"FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"}
	var names []string
	for _, name := range []string{"SYN", "FIN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"} {
		if bits&(1<<slices.Index(byBit, name)) != 0 {
			names = append(names, name)
		}
	}
	return names
}
