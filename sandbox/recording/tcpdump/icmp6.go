package tcpdump

import "fmt"

// The messages of ICMPv6 that are read: RFC 4443, RFC 4861, RFC 2710,
// RFC 3810.
var icmp6Names = map[uint8]string{
	1: "destination unreachable", 2: "packet too big", 3: "time exceeded in-transit", 4: "parameter problem",
	128: "echo request", 129: "echo reply",
	131: "multicast listener report", 132: "multicast listener done",
	133: "router solicitation", 134: "router advertisement",
	135: "neighbor solicitation", 136: "neighbor advertisement", 137: "redirect",
	143: "multicast listener report v2",
}

func (p *printer) icmp6(q packet) {
	p.layer = "icmp6"
	b := q.payload
	if q.length == 0 {
		p.print("ICMP6, length 0 (invalid)")
		return
	}
	kind := p.u8(b, 0)
	name, known := icmp6Names[kind]
	if !known {
		name = fmt.Sprintf("unknown icmp6 type (%d)", kind)
	}
	p.print("ICMP6, %s", name)
	p.icmp6Body(kind, p.u8(b, 1), b, q)
	p.print(", length %d", q.length)
}

func (p *printer) icmp6Body(kind, code uint8, b []byte, q packet) {
	switch kind {
	case 1:
		p.unreachable6(code, from(b, icmpHeader))
	case 2:
		p.print(", mtu %d", p.u32(b, 4))
	case 3:
		if code == 0 {
			p.print(" for %s", address(p.bytes(b, icmpHeader+24, 16)))
		} else {
			p.print(" (reassembly)")
		}
	case 128, 129:
		p.print(", id %d, seq %d", p.u16(b, 4), p.u16(b, 6))
	case 131, 132:
		if len(b) >= 24 {
			p.print("max resp delay: %d addr: %s", p.u16(b, 4), address(b[8:24]))
		}
	case 135:
		p.print(", who has %s", address(p.bytes(b, 8, 16)))
	case 136:
		p.print(", tgt is %s", address(p.bytes(b, 8, 16)))
	case 143:
		if q.length < icmpHeader {
			p.print(" [invalid len %d]", q.length)
			return
		}
		p.print(", %d group record(s)", p.u16(b, 6))
	}
}

// unreachable are the names of the codes of a destination that cannot be
// reached, with the space that tcpdump begins one with.
var unreachable = []string{"unreachable route", " unreachable prohibited", "beyond scope", "unreachable address", "unreachable port"}

// unreachable6 says what ICMPv6 reports of the packet whose beginning it
// carries.
func (p *printer) unreachable6(code uint8, about []byte) {
	if int(code) >= len(unreachable) {
		p.print(", unknown unreach code (%d)", code)
		return
	}
	p.print(", %s", unreachable[code])
	dst := address(p.bytes(about, 24, 16))
	switch code {
	case 2:
		p.print(" %s, source address %s", dst, address(p.bytes(about, 8, 16)))
	case 4:
		p.port6(dst, about)
	default:
		p.print(" %s", dst)
	}
}

// port6 says which port of dst it is that nobody has.
func (p *printer) port6(dst string, about []byte) {
	next, at := p.u8(about, 6), ip6Header
	for next == protoHopByHop || next == protoDestination || next == protoFragment {
		size := 8 * (1 + int(p.u8(about, at+1)))
		if next == protoFragment {
			size = fragmentHeader
		}
		next, at = p.u8(about, at), at+size
		if p.short {
			return
		}
	}
	port := p.u16(about, at+2)
	switch next {
	case protoTCP:
		p.print(", %s tcp port %d", dst, port)
	case protoUDP:
		p.print(", %s udp port %d", dst, port)
	default:
		p.print(", %s protocol %d port %d unreachable", dst, next, port)
	}
}
