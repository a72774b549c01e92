// Package packet reads the headers of a frame.
//
// Source: RFC 9293 (TCP), RFC 768 (UDP), RFC 791, RFC 8200, RFC 826.
package packet

import (
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"

	"fivetuple/sandbox/event"
)

// Decoder reads frames one after another without allocating for the headers.
// It must not be used by two goroutines at once.
type Decoder struct {
	parser  *gopacket.DecodingLayerParser
	decoded []gopacket.LayerType
	eth     layers.Ethernet
	arp     layers.ARP
	ip4     layers.IPv4
	ip6     layers.IPv6
	icmp4   layers.ICMPv4
	icmp6   layers.ICMPv6
	tcp     layers.TCP
	udp     layers.UDP
	payload gopacket.Payload
}

// NewDecoder returns a decoder.
func NewDecoder() *Decoder {
	d := &Decoder{}
	d.parser = gopacket.NewDecodingLayerParser(layers.LayerTypeEthernet,
		&d.eth, &d.arp, &d.ip4, &d.ip6, &d.icmp4, &d.icmp6, &d.tcp, &d.udp, &d.payload)
	d.parser.IgnoreUnsupported = true
	return d
}

// Headers is what was found in a frame.
type Headers struct {
	Summary  event.Summary
	Protocol uint8          // IP protocol number; 0 when the frame carries no IP
	Src, Dst netip.AddrPort // port 0 where the protocol has none
	IPLen    int            // bytes of the IP packet; 0 when the frame carries none
}

// TakesSequence says whether a TCP segment takes up sequence numbers: those
// that do are sent again when they are lost.
func (h Headers) TakesSequence() bool {
	return h.Summary.Len > 0 || slices.Contains(h.Summary.Flags, "SYN") || slices.Contains(h.Summary.Flags, "FIN")
}

// Decode reads frame. A frame cut short or malformed yields what could be
// read before the fault; it is never an error.
func (d *Decoder) Decode(frame []byte) Headers {
	var h Headers
	h.Summary.Proto, h.Summary.Len = "Ethernet", len(frame)
	_ = d.parser.DecodeLayers(frame, &d.decoded) // a fault leaves the layers before it
	for _, layer := range d.decoded {
		switch layer {
		case layers.LayerTypeEthernet:
			h.Summary.Src, h.Summary.Dst = d.eth.SrcMAC.String(), d.eth.DstMAC.String()
			h.Summary.Len = len(d.eth.Payload)
		case layers.LayerTypeARP:
			d.arpInto(&h)
		case layers.LayerTypeIPv4:
			h.ip("IPv4", uint8(d.ip4.Protocol), d.ip4.SrcIP, d.ip4.DstIP, len(d.ip4.Payload))
			h.IPLen = len(d.ip4.Contents) + len(d.ip4.Payload)
		case layers.LayerTypeIPv6:
			h.ip("IPv6", uint8(d.ip6.NextHeader), d.ip6.SrcIP, d.ip6.DstIP, len(d.ip6.Payload))
			h.IPLen = len(d.ip6.Contents) + len(d.ip6.Payload)
		case layers.LayerTypeICMPv4:
			h.Summary.Proto, h.Summary.Text = "ICMP", d.icmp4.TypeCode.String()
		case layers.LayerTypeICMPv6:
			h.Protocol = 58
			h.Summary.Proto, h.Summary.Text = "ICMPv6", d.icmp6.TypeCode.String()
		case layers.LayerTypeTCP:
			d.tcpInto(&h)
		case layers.LayerTypeUDP:
			h.ports("UDP", uint16(d.udp.SrcPort), uint16(d.udp.DstPort), d.udp.Payload)
		}
	}
	return h
}

func (d *Decoder) arpInto(h *Headers) {
	src, _ := netip.AddrFromSlice(d.arp.SourceProtAddress)
	dst, _ := netip.AddrFromSlice(d.arp.DstProtAddress)
	h.Summary.Proto, h.Summary.Src, h.Summary.Dst = "ARP", src.String(), dst.String()
	h.Summary.Text = fmt.Sprintf("who has %s? tell %s", dst, src)
	if d.arp.Operation == layers.ARPReply {
		h.Summary.Text = fmt.Sprintf("%s is at %s", src, d.eth.SrcMAC)
	}
}

func (h *Headers) ip(proto string, protocol uint8, src, dst []byte, length int) {
	s, _ := netip.AddrFromSlice(src)
	t, _ := netip.AddrFromSlice(dst)
	h.Protocol, h.Src, h.Dst = protocol, netip.AddrPortFrom(s, 0), netip.AddrPortFrom(t, 0)
	if protocol == protoIGMP {
		proto = "IGMP"
	}
	h.Summary.Proto, h.Summary.Src, h.Summary.Dst, h.Summary.Len = proto, s.String(), t.String(), length
}

func (h *Headers) ports(proto string, src, dst uint16, payload []byte) {
	h.Src, h.Dst = netip.AddrPortFrom(h.Src.Addr(), src), netip.AddrPortFrom(h.Dst.Addr(), dst)
	h.Summary.Proto, h.Summary.Src, h.Summary.Dst = proto, h.Src.String(), h.Dst.String()
	h.Summary.Len, h.Summary.Text = len(payload), preview(payload)
}

func (d *Decoder) tcpInto(h *Headers) {
	t := &d.tcp
	h.ports("TCP", uint16(t.SrcPort), uint16(t.DstPort), t.Payload)
	seq, window := t.Seq, int(t.Window)
	h.Summary.Seq, h.Summary.Window = &seq, &window
	if t.ACK {
		ack := t.Ack
		h.Summary.Ack = &ack
	}
	for _, f := range [...]struct {
		set  bool
		name string
	}{
		{t.SYN, "SYN"}, {t.FIN, "FIN"}, {t.RST, "RST"}, {t.PSH, "PSH"},
		{t.ACK, "ACK"}, {t.URG, "URG"}, {t.ECE, "ECE"}, {t.CWR, "CWR"},
	} {
		if f.set {
			h.Summary.Flags = append(h.Summary.Flags, f.name)
		}
	}
	h.Summary.Options = options(t.Options)
}

// previewLen is how much of a payload a preview shows.
const previewLen = 64

// preview is the beginning of a payload, quoted where it is not printable.
func preview(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	q := strconv.QuoteToASCII(string(b[:min(len(b), previewLen)]))
	q = strings.ReplaceAll(q[1:len(q)-1], `\"`, `"`)
	if len(b) > previewLen {
		q += "…"
	}
	return q
}

// allMLDv2Routers is where a host reports the multicast groups it is in.
var allMLDv2Routers = netip.MustParseAddr("ff02::16")

// Housekeeping says whether the packet is the kernel's report of its IPv6
// multicast groups, which appears by itself whenever an address is added and
// says nothing about sockets.
func (h Headers) Housekeeping() bool { return h.Dst.Addr() == allMLDv2Routers }
