package packet

import "encoding/binary"

// Wrong says whether a checksum or a length in a frame is wrong, so that a
// kernel that receives it throws it away and counts it. It does not count a
// TCP segment without a whole header; and a fragment's transport is about the
// whole, of which nothing is known here.
//
// Source: RFC 791, RFC 768, RFC 9293, RFC 8200, RFC 1071.
func Wrong(frame []byte) bool {
	if len(frame) < ethernetLen {
		return true
	}
	kind := binary.BigEndian.Uint16(frame[12:])
	if kind != typeIP4 && kind != typeIP6 {
		return false
	}
	version, protocol, at := network(frame)
	ip, whole := frame[ethernetLen:], 0 // what it says of its own length
	fragment := false
	switch version {
	case 0:
		return true
	case 4:
		whole = int(binary.BigEndian.Uint16(ip[2:]))
		fragment = binary.BigEndian.Uint16(ip[6:])&0x3fff != 0
		if !adds(0, ip[:at-ethernetLen]) {
			return true
		}
	case 6:
		whole = ip6Len + int(binary.BigEndian.Uint16(ip[4:]))
	}
	if whole < at-ethernetLen || whole > len(ip) {
		return true
	}
	return !fragment && wrongTransport(version, protocol, ip, ip[at-ethernetLen:whole])
}

func wrongTransport(version int, protocol byte, ip, body []byte) bool {
	shortest, known := map[byte]int{protoICMP: 8, protoTCP: tcpLen, protoUDP: udpLen, protoICMPv6: 4}[protocol]
	if !known {
		return false
	}
	if len(body) < shortest {
		return protocol != protoTCP
	}
	if protocol == protoUDP {
		length := int(binary.BigEndian.Uint16(body[4:]))
		if length < udpLen || length > len(body) {
			return true
		}
		body = body[:length]
		if version == 4 && binary.BigEndian.Uint16(body[6:]) == 0 {
			return false // it has no checksum
		}
	}
	if protocol == protoICMP {
		return !adds(0, body)
	}
	return !adds(pseudo(version, protocol, ip, len(body)), body)
}

// adds says whether the checksum within b fits.
func adds(start uint32, b []byte) bool {
	total := start + words(b)
	for total > 0xffff {
		total = total>>16 + total&0xffff
	}
	return total == 0xffff
}
