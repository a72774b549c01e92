package packet

import (
	"encoding/binary"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strconv"

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
	src, dst, err := ends(s)
	if err != nil {
		return nil, refused(err)
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
		err = event.NoneOf("segment.proto", s.Proto, "tcp", "udp")
	}
	if err != nil {
		return nil, refused(err)
	}
	frame := slices.Concat(to, from, ip(protocol, src.Addr(), dst.Addr()), body)
	return frame, Mend(frame)
}

// refused puts [ErrFrame] before what of a segment was refused.
func refused(err error) error { return fmt.Errorf("%w: %w", ErrFrame, err) }

// ends are the addresses of a segment. The error is a [*event.RefusalError].
func ends(s event.Segment) (src, dst netip.AddrPort, err error) {
	src, wrong := netip.ParseAddrPort(s.Src)
	if wrong != nil {
		return src, dst, event.NoAddress("segment.src", s.Src)
	}
	dst, wrong = netip.ParseAddrPort(s.Dst)
	if wrong != nil {
		return src, dst, event.NoAddress("segment.dst", s.Dst)
	}
	if src.Addr().Is4() != dst.Addr().Is4() {
		return src, dst, &event.RefusalError{Why: event.WhyFamilies, Setting: "segment"}
	}
	return src, dst, nil
}

// tcp is a TCP segment whose checksum is still to be computed. The error is
// a [*event.RefusalError].
func tcp(s event.Segment, src, dst uint16) ([]byte, error) {
	var flags byte
	for _, name := range s.Flags {
		bit, ok := flagBits[name]
		if !ok {
			return nil, event.NoneOf("segment.flags", name, "SYN", "FIN", "RST", "PSH", "ACK", "URG", "ECE", "CWR")
		}
		flags |= bit
	}
	window := defaultWindow
	if s.Window != nil {
		window = *s.Window
	}
	if err := event.InRange("segment.window", window, 0, 0xffff, strconv.Itoa); err != nil {
		return nil, err
	}
	if err := event.InRange("segment.mss", s.MSS, 0, 0xffff, strconv.Itoa); err != nil {
		return nil, err
	}
	var options []byte
	if s.MSS != 0 {
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
