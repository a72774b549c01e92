package tcpdump

import (
	"fmt"
	"net/netip"
)

// The protocols above IP that are read.
const (
	protoHopByHop    = 0
	protoICMP        = 1
	protoIGMP        = 2
	protoTCP         = 6
	protoUDP         = 17
	protoFragment    = 44
	protoICMPv6      = 58
	protoNone        = 59
	protoDestination = 60
)

// packet is an IP packet whose payload is read.
type packet struct {
	src, dst   string
	version    int
	first      uint8 // protocol that the IP header itself names
	payload    []byte
	length     int // of the payload, as the header says; more than there is when the packet is cut short
	fragmented bool
}

// address writes an IPv4 or IPv6 address; b has the length of one.
func address(b []byte) string {
	a, _ := netip.AddrFromSlice(b)
	return a.String()
}

// hasPorts says whether a protocol's printer begins with addresses and ports
// by itself.
func hasPorts(protocol uint8) bool { return protocol == protoTCP || protocol == protoUDP }

const ip4Header = 20

func (p *printer) ip4(b []byte) {
	p.layer = "ip"
	if version := p.u8(b, 0) >> 4; version != 4 {
		p.print("IP%d (invalid)", version)
		return
	}
	p.print("IP ")
	if p.bytes(b, 0, ip4Header); p.short {
		return
	}
	header, total := int(b[0]&15)*4, int(p.u16(b, 2))
	if header < ip4Header {
		p.print("bad-hlen %d", header)
		return
	}
	if len(b) < total {
		p.print("truncated-ip - %d bytes missing! ", total-len(b))
	}
	if total < header {
		p.print("bad-len %d", total)
		return
	}
	b = b[:min(len(b), total)]
	offset := p.u16(b, 6)
	q := packet{
		src: address(b[12:16]), dst: address(b[16:20]), version: 4, first: b[9],
		payload: from(b, header), length: total - header, fragmented: offset&0x2000 != 0,
	}
	if offset&0x1fff != 0 { // not the first fragment: what follows is no header
		p.print("%s > %s: ip-proto-%d", q.src, q.dst, q.first)
		return
	}
	if !hasPorts(q.first) {
		p.print("%s > %s: ", q.src, q.dst)
	}
	p.above(q.first, q)
}

const ip6Header = 40

func (p *printer) ip6(b []byte) {
	p.layer = "ip6"
	if p.bytes(b, 0, ip6Header); p.short {
		return
	}
	p.print("IP6 ")
	if version := b[0] >> 4; version != 6 {
		p.print("version error: %d != 6", version)
		return
	}
	length := int(p.u16(b, 4))
	if missing := ip6Header + length - len(b); missing > 0 {
		p.print("truncated-ip6 - %d bytes missing!", missing)
	}
	b = b[:min(len(b), ip6Header+length)]
	q := packet{src: address(b[8:24]), dst: address(b[24:40]), version: 6, first: b[6], payload: b[ip6Header:], length: length}
	if !hasPorts(q.first) {
		p.print("%s > %s: ", q.src, q.dst)
	}
	p.extensions(q)
}

// extensions reads the headers between that of IPv6 and its payload.
func (p *printer) extensions(q packet) {
	for next := q.first; !p.short; {
		var size int
		switch next {
		case protoHopByHop:
			p.print("HBH ")
			size = 8 * (1 + int(p.u8(q.payload, 1)))
		case protoDestination:
			p.print("DSTOPT ")
			size = 8 * (1 + int(p.u8(q.payload, 1)))
		case protoFragment:
			size, q.fragmented = fragmentHeader, true
			if !p.fragment(q) {
				return
			}
		default:
			p.above(next, q)
			return
		}
		next = p.u8(q.payload, 0)
		q.payload, q.length = from(q.payload, size), q.length-size
	}
}

// fragmentHeader is the size of that extension header.
const fragmentHeader = 8

// fragment prints the header of a fragment; false means that no other header
// follows it.
func (p *printer) fragment(q packet) bool {
	p.layer = "frag6"
	offset := p.u16(q.payload, 2) &^ 7
	p.print("frag (%d|%d)", offset, q.length-fragmentHeader)
	if offset != 0 {
		return false
	}
	p.print(" ")
	if p.short {
		return false
	}
	p.layer = "ip6"
	return len(q.payload) > fragmentHeader
}

// above prints what an IP packet carries.
func (p *printer) above(protocol uint8, q packet) {
	switch {
	case protocol == protoTCP:
		p.tcp(q)
	case protocol == protoUDP:
		p.udp(q)
	case protocol == protoICMP && q.version == 4:
		p.icmp(q)
	case protocol == protoICMPv6 && q.version == 6:
		p.icmp6(q)
	case protocol == protoIGMP && q.version == 4:
		p.igmp(q)
	case protocol == protoNone:
		p.print("no next header")
	default:
		p.print(" ip-proto-%d %d", protocol, q.length)
	}
}

// ends prints the ends of a packet with ports. Behind an extension header
// the addresses have been printed already.
func (p *printer) ends(q packet, protocol uint8, src, dst uint16) {
	if q.first == protocol {
		p.print("%s.%d > %s.%d: ", q.src, src, q.dst, dst)
	} else {
		p.print("%d > %d: ", src, dst)
	}
}

// nameless prints the ends of a packet that is cut before its ports.
func (p *printer) nameless(q packet, protocol uint8, after string) {
	if q.first == protocol {
		p.text = fmt.Appendf(p.text, "%s > %s:%s", q.src, q.dst, after)
	}
}

func (p *printer) udp(q packet) {
	p.layer = "udp"
	b := q.payload
	src, dst := p.u16(b, 0), p.u16(b, 2)
	if p.short {
		p.nameless(q, protoUDP, " ")
		return
	}
	p.ends(q, protoUDP, src, dst)
	if q.length < 8 {
		p.print("truncated-udp %d", q.length)
		return
	}
	said := int(p.u16(b, 4))
	if said < 8 {
		p.print("truncated-udplength %d", said)
		return
	}
	p.bytes(b, 0, 8) // the whole header must be there
	if there := q.length - 8; said-8 > there && !q.fragmented {
		p.print("UDP, bad length %d > %d", said-8, there)
		return
	}
	p.print("UDP, length %d", said-8)
}
