//go:build linux

package call

import (
	"fmt"
	"strings"

	"golang.org/x/sys/unix"
)

// Sizes of struct msghdr, struct mmsghdr and struct cmsghdr on a 64-bit
// machine.
const (
	msghdrLen  = 56
	mmsghdrLen = 64
	cmsghdrLen = 16
)

// maxControl is how many bytes of ancillary data are read.
const maxControl = 4096

// header is a struct msghdr.
type header []byte

func (h header) name() uint64         { return uint64(long(h)) }
func (h header) nameLen() int         { return int(word(h[8:])) }
func (h header) vectors() uint64      { return uint64(long(h[16:])) }
func (h header) vectorCount() uint64  { return uint64(long(h[24:])) }
func (h header) control() uint64      { return uint64(long(h[32:])) }
func (h header) controlLen() uint64   { return uint64(long(h[40:])) }
func (h header) messageFlags() uint64 { return uint64(uword(h[48:])) }

func messageIn(c *Call, i int) string {
	b, ok := c.bytes(c.raw[i], msghdrLen)
	if !ok {
		return pointer(c, i)
	}
	return c.message(b, -1)
}

func messageOut(c *Call, i int) string {
	b, ok := c.bytes(c.raw[i], msghdrLen)
	if !ok {
		return pointer(c, i)
	}
	h := header(b)
	if !c.done {
		c.was[i] = int64(h.nameLen())
		return pointer(c, i)
	}
	if !c.ok() {
		return fmt.Sprintf("{msg_namelen=%d}", h.nameLen())
	}
	return c.received(h, c.was[i], c.n)
}

// received writes a message that the kernel filled in, whose name had as
// much room.
func (c *Call) received(h header, room, n int64) string {
	s := c.message(h, n)
	if got := int64(h.nameLen()); got != room {
		s = strings.Replace(s, fmt.Sprintf("msg_namelen=%d", got), fmt.Sprintf("msg_namelen=%d => %d", room, got), 1)
		if got > room && room >= 2 { // not all of the name is there
			s = "{msg_name=" + c.address(h.name(), int(room)) + s[strings.Index(s, ", msg_namelen="):]
		}
	}
	return s
}

// message writes a struct msghdr; n is how many bytes of its buffers are
// filled, -1 all.
func (c *Call) message(h header, n int64) string {
	name := address(h.name())
	if h.name() != 0 && h.nameLen() > 0 {
		name = c.address(h.name(), h.nameLen())
	}
	control := ""
	if h.controlLen() > 0 {
		control = ", msg_control=" + c.control(h)
	}
	return fmt.Sprintf("{msg_name=%s, msg_namelen=%d, msg_iov=%s, msg_iovlen=%d%s, msg_controllen=%d, msg_flags=%s}",
		name, h.nameLen(), c.vectors(h.vectors(), h.vectorCount(), n), h.vectorCount(), control, h.controlLen(), messageFlagNames.flags(h.messageFlags()))
}

// control writes the ancillary data of a message.
func (c *Call) control(h header) string {
	var all []string
	if !c.ancillary(h, func(level, kind uint64, length int, data []byte) {
		all = append(all, fmt.Sprintf("{cmsg_len=%d, cmsg_level=%s, cmsg_type=%s, cmsg_data=%s}",
			length, levels.name(level), ancillaryName(level, kind), c.ancillaryData(level, kind, length, data)))
	}) {
		return address(h.control())
	}
	return "[" + strings.Join(all, ", ") + "]"
}

// ancillary calls f for each piece of ancillary data; ok is false when it
// cannot be read.
func (c *Call) ancillary(h header, f func(level, kind uint64, length int, data []byte)) (ok bool) {
	b, ok := c.bytes(h.control(), int(min(h.controlLen(), maxControl)))
	for ok && len(b) >= cmsghdrLen {
		length := uint64(long(b))
		if length < cmsghdrLen {
			break
		}
		end := int(min(length, uint64(len(b))))
		f(uint64(uword(b[8:])), uint64(uword(b[12:])), int(min(length, maxControl)), b[cmsghdrLen:end])
		b = b[min((end+7)&^7, len(b)):]
	}
	return ok
}

var socketAncillary = names{{unix.SCM_RIGHTS, "SCM_RIGHTS"}, {unix.SCM_CREDENTIALS, "SCM_CREDENTIALS"}}

// ancillaryName is the name of a kind of ancillary data: most are named
// after the option that asks for them.
func ancillaryName(level, kind uint64) string {
	if level == unix.SOL_SOCKET && kind <= unix.SCM_CREDENTIALS {
		return socketAncillary.name(kind)
	}
	for _, e := range options[level] {
		if e.value == kind {
			return e.name
		}
	}
	return fmt.Sprintf("%#x", kind)
}

// ancillaryData writes one piece of ancillary data; when it is shorter than
// it must be, as where there was too little room, nobody knows what it says.
func (c *Call) ancillaryData(level, kind uint64, length int, b []byte) string {
	if length == cmsghdrLen {
		return "NULL"
	}
	switch key := (optionKey{level, kind}); {
	case key == optionKey{unix.SOL_SOCKET, unix.SCM_RIGHTS}:
		return descriptors(b)
	case len(b) < ancillaryNeeds[key]:
		return "???"
	case key == optionKey{unix.SOL_SOCKET, unix.SCM_CREDENTIALS}:
		return credentials(c, b)
	case key == optionKey{unix.SOL_SOCKET, unix.SO_TIMESTAMP}:
		return timeval(c, b)
	case key == optionKey{unix.SOL_SOCKET, unix.SO_TIMESTAMPNS}:
		return timespec(c, b)
	case key == optionKey{unix.SOL_SOCKET, unix.SO_TIMESTAMPING}:
		return fmt.Sprintf("[%s, %s, %s]", timespec(c, b), timespec(c, b[16:]), timespec(c, b[32:]))
	case key == optionKey{unix.SOL_IP, unix.IP_PKTINFO}:
		return packetInfo(c, b)
	case key == optionKey{unix.SOL_IP, unix.IP_RECVERR}, key == optionKey{unix.SOL_IPV6, unix.IPV6_RECVERR}:
		return c.queuedError(b)
	case level == unix.SOL_IP && kind == unix.IP_TOS:
		return "[" + names{}.flags(uint64(b[0])) + "]"
	case level == unix.SOL_IP && kind == unix.IP_TTL, level == unix.SOL_SOCKET && kind == unix.SO_RXQ_OVFL:
		return fmt.Sprintf("[%d]", uword(b))
	}
	return Quote(b[:min(len(b), previewLen)])
}

// ancillaryNeeds is how many bytes a kind of ancillary data has at least.
var ancillaryNeeds = map[optionKey]int{
	{unix.SOL_SOCKET, unix.SCM_CREDENTIALS}: 12, {unix.SOL_SOCKET, unix.SO_TIMESTAMP}: 16, {unix.SOL_SOCKET, unix.SO_TIMESTAMPNS}: 16,
	{unix.SOL_SOCKET, unix.SO_TIMESTAMPING}: 48, {unix.SOL_SOCKET, unix.SO_RXQ_OVFL}: 4, {unix.SOL_IP, unix.IP_PKTINFO}: 12,
	{unix.SOL_IP, unix.IP_RECVERR}: 16, {unix.SOL_IPV6, unix.IPV6_RECVERR}: 16, {unix.SOL_IP, unix.IP_TOS}: 1, {unix.SOL_IP, unix.IP_TTL}: 4,
}

func descriptors(b []byte) string {
	var all []string
	for ; len(b) >= 4; b = b[4:] {
		all = append(all, fmt.Sprint(word(b)))
	}
	return "[" + strings.Join(all, ", ") + "]"
}

// queuedError writes a struct sock_extended_err and who sent the error.
func (c *Call) queuedError(b []byte) string {
	s := fmt.Sprintf("{ee_errno=%d, ee_origin=%d, ee_type=%d, ee_code=%d, ee_info=%d, ee_data=%d", uword(b), b[4], b[5], b[6], uword(b[8:]), uword(b[12:]))
	if len(b) >= 18 {
		s += ", offender=" + c.sockaddr(b[16:])
	}
	return s + "}"
}

// rights are the descriptors that came with a message.
func rights(c *Call) (fds []int) {
	b, ok := c.bytes(c.raw[1], msghdrLen)
	if !ok {
		return nil
	}
	c.ancillary(b, func(level, kind uint64, _ int, data []byte) {
		for ; level == unix.SOL_SOCKET && kind == unix.SCM_RIGHTS && len(data) >= 4; data = data[4:] {
			fds = append(fds, int(word(data)))
		}
	})
	return fds
}

// messagesIn writes the structs mmsghdr that a sendmmsg is given, and on
// return how much of each was sent.
func messagesIn(c *Call, i int) string {
	count := c.raw[i+1] & 0xffffffff
	if c.ok() {
		count = min(count, uint64(c.n))
	}
	s, _ := c.list(c.raw[i], count, mmsghdrLen, func(b []byte) string {
		s := "{msg_hdr=" + c.message(b[:msghdrLen], -1)
		if c.ok() {
			s += fmt.Sprintf(", msg_len=%d", uword(b[msghdrLen:]))
		}
		return s + "}"
	})
	return s
}

// messagesOut writes the structs mmsghdr that a recvmmsg filled in.
func messagesOut(c *Call, i int) string {
	if !c.done {
		at := 0
		_, _ = c.list(c.raw[i], c.raw[i+1]&0xffffffff, mmsghdrLen, func(b []byte) string {
			c.was[roomOf(at)], at = int64(header(b).nameLen()), at+1
			return ""
		})
	}
	if !c.ok() {
		return pointer(c, i)
	}
	at := 0
	s, _ := c.list(c.raw[i], min(c.raw[i+1]&0xffffffff, uint64(c.n)), mmsghdrLen, func(b []byte) string {
		n := uword(b[msghdrLen:])
		s := fmt.Sprintf("{msg_hdr=%s, msg_len=%d}", c.received(b[:msghdrLen], c.was[roomOf(at)], int64(n)), n)
		at++
		return s
	})
	return s
}

// roomOf is where the room for the name of the message at a place in a list
// is remembered, apart from those of arguments.
func roomOf(at int) int { return 100 + at }

// messagesText says how much of the time for a recvmmsg was left.
func messagesText(c *Call) string {
	if c.n == 0 {
		return "(Timeout)"
	}
	if !c.ok() || c.raw[4] == 0 {
		return ""
	}
	return "(left " + c.time(c.raw[4], timespec) + ")"
}
