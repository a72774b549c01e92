package packet

import (
	"encoding/binary"
	"fmt"
	"net"
	"net/netip"
	"slices"

	"fivetuple/sandbox/event"
)

// flagBits are the flags of a TCP header.
var flagBits = map[string]byte{"FIN": 1, "SYN": 2, "RST": 4, "PSH": 8, "ACK": 16, "URG": 32, "ECE": 64, "CWR": 128}

// defaultWindow is the window of a segment that names none.
const defaultWindow = 64240

// Build is the frame of a segment or datagram composed by hand, from one
// Ethernet address to another. The error wraps [ErrFrame] and says what of
// it cannot be sent.
func Build(s event.Segment, from, to net.HardwareAddr) ([]byte, error) {
	src, err := netip.ParseAddrPort(s.Src)
	if err != nil {
		return nil, fmt.Errorf("%w: src: %w", ErrFrame, err)
	}
	dst, err := netip.ParseAddrPort(s.Dst)
	if err != nil {
		return nil, fmt.Errorf("%w: dst: %w", ErrFrame, err)
	}
	if src.Addr().Is4() != dst.Addr().Is4() {
		return nil, fmt.Errorf("%w: src and dst are of two families", ErrFrame)
	}
	var body []byte
	protocol := byte(protoTCP)
	switch s.Proto {
	case "", "tcp":
		body, err = tcp(s, src.Port(), dst.Port())
	case "udp":
		protocol = protoUDP
		body = slices.Concat(binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint16(nil, src.Port()), dst.Port()), make([]byte, 4), []byte(s.Payload))
	default:
		err = fmt.Errorf("%w: proto %q is neither tcp nor udp", ErrFrame, s.Proto)
	}
	if err != nil {
		return nil, err
	}
	frame := slices.Concat(to, from, ip(protocol, src.Addr(), dst.Addr()), body)
	return frame, Mend(frame)
}

func tcp(s event.Segment, src, dst uint16) ([]byte, error) {
	var flags byte
	for _, name := range s.Flags {
		bit, ok := flagBits[name]
		if !ok {
			return nil, fmt.Errorf("%w: flag %q is none of SYN, FIN, RST, PSH, ACK, URG, ECE, CWR", ErrFrame, name)
		}
		flags |= bit
	}
	window := defaultWindow
	if s.Window != nil {
		window = *s.Window
	}
	if window < 0 || window > 0xffff {
		return nil, fmt.Errorf("%w: window %d is not from 0 to 65535", ErrFrame, window)
	}
	var options []byte
	if s.MSS != 0 {
		if s.MSS < 0 || s.MSS > 0xffff {
			return nil, fmt.Errorf("%w: mss %d is not from 1 to 65535", ErrFrame, s.MSS)
		}
		options = []byte{2, 4, byte(s.MSS >> 8), byte(s.MSS)}
	}
	b := make([]byte, tcpLen, tcpLen+len(options)+len(s.Payload))
	put(b, src)
	put(b[2:], dst)
	binary.BigEndian.PutUint32(b[4:], s.Seq)
	binary.BigEndian.PutUint32(b[8:], s.Ack)
	b[12], b[13] = byte(tcpLen+len(options))/4<<4, flags
	put(b[14:], uint16(window))
	return append(append(b, options...), s.Payload...), nil
}

// ip is the EtherType and an IP header whose lengths and checksum are still
// to be computed.
func ip(protocol byte, src, dst netip.Addr) []byte {
	if src.Is4() {
		b := []byte{typeIP4 >> 8, typeIP4 & 0xff, 0x45, 0, 0, 0, 0, 0, 0x40, 0, 64, protocol, 0, 0}
		return slices.Concat(b, src.AsSlice(), dst.AsSlice())
	}
	b := []byte{typeIP6 >> 8, typeIP6 & 0xff, 0x60, 0, 0, 0, 0, 0, protocol, 64}
	return slices.Concat(b, src.AsSlice(), dst.AsSlice())
}
