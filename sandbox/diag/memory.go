//go:build linux

package diag

import (
	"encoding/binary"
	"errors"

	"golang.org/x/sys/unix"
)

// Places in what the kernel says of a socket's memory (SK_MEMINFO_RMEM_ALLOC
// and so on), and where that is found (UDIAG_SHOW_MEMINFO, UNIX_DIAG_MEMINFO,
// NDIAG_SHOW_MEMINFO, NETLINK_DIAG_MEMINFO).
const (
	memoryReceived = 0
	memorySent     = 2
	memoryQueued   = 5
	memoryOptions  = 6
	memoryBacklog  = 7

	showUnixMemory         = 0x20
	attributeUnixMemory    = 5
	showNetlinkMemory      = 0x1
	attributeNetlinkMemory = 0
	allNetlinkProtocols    = 255
)

// What the queue of a Unix-domain socket may hold of one sender that is
// closed: such a sender is in no list any more.
const (
	mostOfSender  = 2 * 212992 // a send buffer, as large as a program may ask for
	sendersAtMost = 11         // whose datagrams one socket holds (net.unix.max_dgram_qlen, and one)
)

// Memory is how many bytes the kernel holds for the sockets of the network
// namespace: what they have received and sent, of connections too that no
// program has accepted or that go on after their end was closed. What Unix-
// domain sockets hold of senders that are closed is not counted but bounded.
//
// Source: sock_diag(7), linux/sock_diag.h.
func (c *Conn) Memory() (bytes int64, err error) {
	for _, family := range []uint8{unix.AF_INET, unix.AF_INET6} {
		for _, protocol := range []uint32{unix.IPPROTO_TCP, unix.IPPROTO_UDP, unix.IPPROTO_MPTCP} {
			n, err := c.memoryOf(memoryRequest(family, protocol), messageLen, attributeMemory)
			if err != nil {
				return 0, err
			}
			bytes += n
		}
	}
	netlink := make([]byte, 20)
	netlink[0], netlink[1] = unix.AF_NETLINK, allNetlinkProtocols
	binary.NativeEndian.PutUint32(netlink[8:], showNetlinkMemory)
	n, err := c.memoryOf(netlink, 28, attributeNetlinkMemory)
	if err != nil {
		return 0, err
	}
	ofUnix, err := c.unixMemory()
	return bytes + n + ofUnix, err
}

// memoryRequest asks for the memory of the sockets of an Internet protocol,
// which may have a number of more than a byte.
func memoryRequest(family uint8, protocol uint32) []byte {
	ask := request(uint8(protocol), family, ^uint32(0))
	ask.body[2] = 1 << (attributeMemory - 1)
	const attribute, length = 3, 8 // INET_DIAG_REQ_PROTOCOL
	b := binary.NativeEndian.AppendUint16(ask.body[:], length)
	b = binary.NativeEndian.AppendUint16(b, attribute)
	return binary.NativeEndian.AppendUint32(b, protocol)
}

// memoryOf adds up the memory of the sockets of an answer, in which the
// attributes come after so many bytes. Protocols that the kernel does not
// know have none.
func (c *Conn) memoryOf(body []byte, after int, attribute uint16) (bytes int64, err error) {
	err = c.exchange(unix.NLM_F_REQUEST|unix.NLM_F_DUMP, body, func(b []byte) {
		if len(b) < after {
			return
		}
		eachAttribute(b[after:], func(typ uint16, value []byte) {
			if typ == attribute {
				bytes += memory(value)
			}
		})
	})
	if errors.Is(err, unix.ENOENT) || errors.Is(err, unix.EINVAL) {
		err = nil
	}
	return bytes, err
}

// memory adds up what is held for one socket.
func memory(b []byte) (bytes int64) {
	at := func(i int) int64 {
		if len(b) < 4*(i+1) {
			return 0
		}
		return int64(binary.NativeEndian.Uint32(b[4*i:]))
	}
	return at(memoryReceived) + max(at(memorySent), at(memoryQueued)) + at(memoryOptions) + at(memoryBacklog)
}

// unixMemory is the memory of the Unix-domain sockets. It belongs to the
// sender until it is read.
func (c *Conn) unixMemory() (bytes int64, err error) {
	body := make([]byte, unixRequestLen)
	body[0] = unix.AF_UNIX
	binary.NativeEndian.PutUint32(body[4:], ^uint32(0)) // in any state
	binary.NativeEndian.PutUint32(body[12:], showPeer|showQueues|showUnixMemory)
	open, full := map[uint32]bool{}, []UnixSocket{}
	err = c.exchange(unix.NLM_F_REQUEST|unix.NLM_F_DUMP, body, func(b []byte) {
		if len(b) < unixMessageLen {
			return
		}
		open[binary.NativeEndian.Uint32(b[4:])] = true
		if s := unixSocketOf(b); s.Recv > 0 && s.State != Listen {
			full = append(full, s)
		}
		eachAttribute(b[unixMessageLen:], func(typ uint16, value []byte) {
			if typ == attributeUnixMemory {
				bytes += memory(value)
			}
		})
	})
	for _, s := range full {
		switch {
		case s.Peer != 0 && open[s.Peer]:
		case s.Type == unix.SOCK_DGRAM:
			bytes += sendersAtMost * mostOfSender
		default:
			bytes += mostOfSender
		}
	}
	return bytes, err
}
