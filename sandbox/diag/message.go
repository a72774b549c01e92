//go:build linux

package diag

import (
	"encoding/binary"
	"net/netip"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Sizes of struct inet_diag_req_v2 and struct inet_diag_msg.
const (
	requestLen = 56
	messageLen = 72
)

// Attributes of an answer (INET_DIAG_INFO, INET_DIAG_CONG,
// INET_DIAG_SKMEMINFO, INET_DIAG_SKV6ONLY).
const (
	attributeInfo       = 2
	attributeCongestion = 4
	attributeMemory     = 7
	attributeV6Only     = 11
)

// dropsAt is where the number of drops stands in INET_DIAG_SKMEMINFO
// (SK_MEMINFO_DROPS).
const dropsAt = 8 * 4

// ask is a struct inet_diag_req_v2 in the making.
type ask struct {
	protocol uint8
	body     [requestLen]byte
}

func request(protocol, family uint8, states uint32) *ask {
	a := &ask{protocol: protocol}
	a.body[0], a.body[1] = family, protocol
	a.body[2] = 1<<(attributeInfo-1) | 1<<(attributeCongestion-1) | 1<<(attributeMemory-1)
	binary.NativeEndian.PutUint32(a.body[4:], states)
	return a
}

// setID names one socket. The kernel takes the two ends of a UDP socket the
// other way round than those of a TCP socket.
func (a *ask) setID(protocol uint8, local, remote netip.AddrPort) {
	if protocol == unix.IPPROTO_UDP {
		local, remote = remote, local
	}
	id := a.body[8:]
	binary.BigEndian.PutUint16(id, local.Port())
	binary.BigEndian.PutUint16(id[2:], remote.Port())
	copy(id[4:20], local.Addr().AsSlice())
	copy(id[20:36], remote.Addr().AsSlice())
	for i := 40; i < 48; i++ { // INET_DIAG_NOCOOKIE: any
		id[i] = 0xff
	}
}

// message is the whole netlink message of a question.
func message(flags uint16, seq uint32, body []byte) []byte {
	b := make([]byte, unix.NLMSG_HDRLEN, unix.NLMSG_HDRLEN+len(body))
	binary.NativeEndian.PutUint32(b, uint32(unix.NLMSG_HDRLEN+len(body)))
	binary.NativeEndian.PutUint16(b[4:], unix.SOCK_DIAG_BY_FAMILY)
	binary.NativeEndian.PutUint16(b[6:], flags)
	binary.NativeEndian.PutUint32(b[8:], seq)
	return append(b, body...)
}

// socketOf reads a struct inet_diag_msg of at least messageLen bytes.
func socketOf(protocol uint8, b []byte) Socket {
	id := b[4:]
	return Socket{
		Protocol: protocol,
		State:    State(b[1]),
		Local:    addrPort(b[0], id[4:20], binary.BigEndian.Uint16(id)),
		Remote:   addrPort(b[0], id[20:36], binary.BigEndian.Uint16(id[2:])),
		Cookie:   uint64(binary.NativeEndian.Uint32(id[40:])) | uint64(binary.NativeEndian.Uint32(id[44:]))<<32,
		Recv:     binary.NativeEndian.Uint32(b[56:]),
		Send:     binary.NativeEndian.Uint32(b[60:]),
		Inode:    binary.NativeEndian.Uint32(b[68:]),
	}
}

func addrPort(family uint8, b []byte, port uint16) netip.AddrPort {
	if family == unix.AF_INET {
		return netip.AddrPortFrom(netip.AddrFrom4([4]byte(b[:4])), port)
	}
	return netip.AddrPortFrom(netip.AddrFrom16([16]byte(b)), port)
}

// eachAttribute calls each for every attribute that follows a message
// (struct rtattr).
func eachAttribute(b []byte, each func(typ uint16, value []byte)) {
	for len(b) >= unix.SizeofRtAttr {
		length, typ := int(binary.NativeEndian.Uint16(b)), binary.NativeEndian.Uint16(b[2:])
		if length < unix.SizeofRtAttr || length > len(b) {
			return
		}
		each(typ, b[unix.SizeofRtAttr:length])
		b = b[min(len(b), (length+3)&^3):]
	}
}

func (s *Socket) attribute(typ uint16, value []byte) {
	switch typ {
	case attributeInfo:
		if s.Protocol == unix.IPPROTO_TCP && len(value) > 0 {
			s.Info = tcpInfo(value)
		}
	case attributeCongestion:
		s.Congestion = unix.ByteSliceToString(value)
	case attributeMemory:
		if s.Protocol == unix.IPPROTO_UDP && len(value) >= dropsAt+4 {
			s.Drops = binary.NativeEndian.Uint32(value[dropsAt:])
		}
	case attributeV6Only:
		s.V6Only = len(value) > 0 && value[0] != 0
	}
}

// tcpInfo reads a struct tcp_info, of which older kernels give less.
func tcpInfo(b []byte) *unix.TCPInfo {
	var info unix.TCPInfo
	copy(unsafe.Slice((*byte)(unsafe.Pointer(&info)), unsafe.Sizeof(info)), b)
	return &info
}
