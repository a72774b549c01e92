package tcpdump

import "fmt"

const icmpHeader = 8

func (p *printer) icmp(q packet) {
	p.layer = "icmp"
	text := p.icmpText(q.payload)
	p.print("ICMP %s, length %d", text, q.length)
}

func (p *printer) icmpText(b []byte) string {
	kind, code := p.u8(b, 0), p.u8(b, 1)
	switch kind {
	case 0:
		return fmt.Sprintf("echo reply, id %d, seq %d", p.u16(b, 4), p.u16(b, 6))
	case 3:
		return p.unreachable(code, b)
	case 8:
		return fmt.Sprintf("echo request, id %d, seq %d", p.u16(b, 4), p.u16(b, 6))
	case 11:
		p.bytes(b, icmpHeader, ip4Header)
		switch code {
		case 0:
			return "time exceeded in-transit"
		case 1:
			return "ip reassembly time exceeded"
		}
		return fmt.Sprintf("time exceeded-#%d", code)
	case 12:
		if code != 0 {
			return fmt.Sprintf("parameter problem - code %d", code)
		}
		return fmt.Sprintf("parameter problem - octet %d", p.u8(b, 4))
	}
	return fmt.Sprintf("type-#%d", kind)
}

// unreachable says what ICMP reports of the packet whose beginning it
// carries.
func (p *printer) unreachable(code uint8, b []byte) string {
	about := from(b, icmpHeader)
	dst := address(p.bytes(about, 16, 4))
	switch code {
	case 0:
		return "net " + dst + " unreachable"
	case 1:
		return "host " + dst + " unreachable"
	case 2:
		return fmt.Sprintf("%s protocol %d unreachable", dst, p.u8(about, 9))
	case 3:
		port := p.u16(about, int(p.u8(about, 0)&15)*4+2)
		switch protocol := p.u8(about, 9); protocol {
		case protoTCP:
			return fmt.Sprintf("%s tcp port %d unreachable", dst, port)
		case protoUDP:
			return fmt.Sprintf("%s udp port %d unreachable", dst, port)
		default:
			return fmt.Sprintf("%s protocol %d port %d unreachable", dst, protocol, port)
		}
	case 4:
		if mtu := p.u16(b, 6); mtu != 0 {
			return fmt.Sprintf("%s unreachable - need to frag (mtu %d)", dst, mtu)
		}
		return dst + " unreachable - need to frag"
	case 9:
		return "net " + dst + " unreachable - admin prohibited"
	case 10:
		return "host " + dst + " unreachable - admin prohibited"
	case 13:
		return "host " + dst + " unreachable - admin prohibited filter"
	}
	return fmt.Sprintf("%s unreachable - #%d", dst, code)
}

func (p *printer) igmp(q packet) {
	p.layer = "igmp"
	b := q.payload
	switch kind := p.u8(b, 0); kind {
	case 0x16:
		p.print("igmp v2 report %s", address(p.bytes(b, 4, 4)))
	case 0x17:
		p.print("igmp leave %s", address(p.bytes(b, 4, 4)))
	case 0x22:
		p.print("igmp v3 report")
		if q.length < 16 || q.length%4 != 0 {
			p.print(" [invalid len %d]", q.length)
			return
		}
		p.print(", %d group record(s)", p.u16(b, 6))
	default:
		p.print("igmp-%d", kind)
	}
}
