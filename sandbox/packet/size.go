package packet

import (
	"encoding/binary"
	"net/netip"
	"slices"
)

// Fragment cuts an IPv4 packet into fragments that are at most mtu bytes
// long. It is nil when the packet may not be fragmented: its sender forbids
// it, or it is IPv6, where only the sender may.
//
// Source: RFC 791, section 3.2.
func Fragment(frame []byte, mtu int) [][]byte {
	version, _, at := network(frame)
	if version != 4 {
		return nil
	}
	field := binary.BigEndian.Uint16(frame[ethernetLen+6:])
	const dontFragment, moreFragments = 0x4000, 0x2000
	room := (mtu - (at - ethernetLen)) / fragmentLen * fragmentLen
	if field&dontFragment != 0 || room <= 0 {
		return nil
	}
	offset, last := field&0x1fff, field&moreFragments == 0
	var all [][]byte
	for body := frame[at:]; len(body) > 0; {
		n := min(room, len(body))
		f := slices.Concat(frame[:at], body[:n])
		body = body[n:]
		flags := uint16(moreFragments)
		if len(body) == 0 && last {
			flags = 0
		}
		put(f[ethernetLen+6:], flags|offset)
		_ = Mend(f) // its header is that of a packet that we could read
		all = append(all, f)
		offset += uint16(n / fragmentLen)
	}
	return all
}

// The router that a wire with an MTU of its own stands for.
var (
	routerMAC = []byte{2, 0, 0, 0, 0, 0xfe}
	router4   = netip.MustParseAddr("10.0.0.254")
	router6   = netip.MustParseAddr("fd00::fe")
)

// TooBig is the ICMP message by which a router tells the sender of a packet
// that it was longer than mtu; nil when the packet is none that may be
// answered.
//
// Source: RFC 1191, section 4; RFC 4443, section 3.2.
func TooBig(frame []byte, mtu int) []byte {
	version, protocol, _ := network(frame)
	if protocol == protoICMPv6 || version == 0 {
		return nil
	}
	original := frame[ethernetLen:]
	if version == 4 {
		return tooBig4(frame, original[:min(len(original), 548)], mtu)
	}
	return tooBig6(frame, original[:min(len(original), 1232)], mtu)
}

func tooBig4(frame, original []byte, mtu int) []byte {
	ip := make([]byte, ip4Len, ip4Len+8+len(original))
	ip[0], ip[8], ip[9] = 0x45, 64, protoICMP
	copy(ip[12:], router4.AsSlice())
	copy(ip[16:], original[12:16])
	icmp := []byte{3, 4, 0, 0, 0, 0, byte(mtu >> 8), byte(mtu)} // destination unreachable, fragmentation needed
	return backTo(frame, typeIP4, append(append(ip, icmp...), original...))
}

func tooBig6(frame, original []byte, mtu int) []byte {
	ip := make([]byte, ip6Len, ip6Len+8+len(original))
	ip[0], ip[6], ip[7] = 0x60, protoICMPv6, 64
	copy(ip[8:], router6.AsSlice())
	copy(ip[24:], original[8:24])
	icmp := binary.BigEndian.AppendUint32([]byte{2, 0, 0, 0}, uint32(mtu))
	return backTo(frame, typeIP6, append(append(ip, icmp...), original...))
}

// backTo is a frame from the router to the sender of frame.
func backTo(frame []byte, etherType uint16, ip []byte) []byte {
	b := slices.Concat(frame[6:12], routerMAC, binary.BigEndian.AppendUint16(nil, etherType), ip)
	_ = Mend(b) // built whole, just now
	return b
}
