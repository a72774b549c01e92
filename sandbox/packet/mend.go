package packet

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// Lengths of headers, in bytes.
const (
	ethernetLen = 14
	ip4Len      = 20 // without options
	ip6Len      = 40
	udpLen      = 8
	tcpLen      = 20 // without options
	fragmentLen = 8  // what a fragment's length is a multiple of
)

// EtherTypes and protocol numbers.
const (
	typeIP4 = 0x0800
	typeIP6 = 0x86dd

	protoICMP   = 1
	protoIGMP   = 2
	protoTCP    = 6
	protoUDP    = 17
	protoICMPv6 = 58
)

// ErrFrame is in the chain of the errors about a frame that cannot be
// mended or built.
var ErrFrame = errors.New("not a frame that can be sent")

// network finds the IP header of a frame: its version, the transport's
// protocol, and where the transport's header starts. Version is 0 when there
// is no IP header, or only a part.
func network(frame []byte) (version int, protocol byte, transport int) {
	if len(frame) < ethernetLen {
		return 0, 0, 0
	}
	ip := frame[ethernetLen:]
	switch binary.BigEndian.Uint16(frame[12:]) {
	case typeIP4:
		if len(ip) < ip4Len {
			return 0, 0, 0
		}
		length := int(ip[0]&0xf) * 4
		if length < ip4Len || length > len(ip) {
			return 0, 0, 0
		}
		return 4, ip[9], ethernetLen + length
	case typeIP6:
		if len(ip) < ip6Len {
			return 0, 0, 0
		}
		return 6, ip[6], ethernetLen + ip6Len
	}
	return 0, 0, 0
}

// Transport is where in a frame the TCP segment, UDP datagram or ICMP
// message lies; start equals end when there is none.
func Transport(frame []byte) (start, end int) {
	version, _, at := network(frame)
	if version == 0 {
		return 0, 0
	}
	return at, len(frame)
}

// Mend computes the lengths and checksums of an IP packet anew, in place. A
// frame that carries no IP is left as it is. The error wraps [ErrFrame].
//
// Source: RFC 791, RFC 768, RFC 9293, RFC 8200, RFC 1071.
func Mend(frame []byte) error {
	if len(frame) < ethernetLen {
		return fmt.Errorf("%w: %d bytes are less than an Ethernet header", ErrFrame, len(frame))
	}
	if t := binary.BigEndian.Uint16(frame[12:]); t != typeIP4 && t != typeIP6 {
		return nil
	}
	version, protocol, at := network(frame)
	ip := frame[ethernetLen:]
	fragment := false
	switch version {
	case 0:
		return fmt.Errorf("%w: its IP header is cut short", ErrFrame)
	case 4:
		binary.BigEndian.PutUint16(ip[2:], uint16(len(ip)))
		put(ip[10:], sum(0, ip[:at-ethernetLen], 10))
		fragment = binary.BigEndian.Uint16(ip[6:])&0x3fff != 0 // more fragments, or an offset
	case 6:
		binary.BigEndian.PutUint16(ip[4:], uint16(len(ip)-ip6Len))
	}
	if fragment {
		return nil // its checksum is about the whole
	}
	return mendTransport(version, protocol, ip, frame[at:])
}

func mendTransport(version int, protocol byte, ip, body []byte) error {
	field := map[byte]int{protoICMP: 2, protoTCP: 16, protoUDP: 6, protoICMPv6: 2}
	at, known := field[protocol]
	if !known {
		return nil
	}
	if len(body) < at+2 {
		return fmt.Errorf("%w: the header after IP is cut short", ErrFrame)
	}
	if protocol == protoUDP {
		binary.BigEndian.PutUint16(body[4:], uint16(len(body)))
	}
	start := uint32(0)
	if protocol != protoICMP {
		start = pseudo(version, protocol, ip, len(body))
	}
	checksum := sum(start, body, at)
	if protocol == protoUDP && checksum == 0 {
		checksum = 0xffff // 0 would mean: none
	}
	put(body[at:], checksum)
	return nil
}

// pseudo is the sum of the pseudo-header.
func pseudo(version int, protocol byte, ip []byte, length int) uint32 {
	addresses := ip[12:20]
	if version == 6 {
		addresses = ip[8:40]
	}
	return uint32(protocol) + uint32(length) + words(addresses)
}

func words(b []byte) (total uint32) {
	for ; len(b) > 1; b = b[2:] {
		total += uint32(binary.BigEndian.Uint16(b))
	}
	if len(b) == 1 {
		total += uint32(b[0]) << 8
	}
	return total
}

// sum is the Internet checksum of b, whose own field is at skip.
func sum(start uint32, b []byte, skip int) uint16 {
	total := start + words(b[:skip]) + words(b[skip+2:])
	for total > 0xffff {
		total = total>>16 + total&0xffff
	}
	return ^uint16(total)
}

func put(b []byte, v uint16) { binary.BigEndian.PutUint16(b, v) }
