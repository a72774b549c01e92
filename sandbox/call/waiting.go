//go:build linux

package call

import (
	"fmt"
	"math/bits"
	"strings"

	"golang.org/x/sys/unix"
)

var pollEvents = names{
	{unix.POLLIN, "POLLIN"}, {unix.POLLPRI, "POLLPRI"}, {unix.POLLOUT, "POLLOUT"}, {unix.POLLERR, "POLLERR"},
	{unix.POLLHUP, "POLLHUP"}, {unix.POLLNVAL, "POLLNVAL"}, {0x40, "POLLRDNORM"}, {0x80, "POLLRDBAND"}, {0x100, "POLLWRNORM"},
	{0x200, "POLLWRBAND"}, {unix.POLLRDHUP, "POLLRDHUP"}, {0, "POLL???"},
}

var epollEvents = names{
	{unix.EPOLLIN, "EPOLLIN"}, {unix.EPOLLPRI, "EPOLLPRI"}, {unix.EPOLLOUT, "EPOLLOUT"}, {unix.EPOLLRDNORM, "EPOLLRDNORM"},
	{unix.EPOLLRDBAND, "EPOLLRDBAND"}, {unix.EPOLLWRNORM, "EPOLLWRNORM"}, {unix.EPOLLWRBAND, "EPOLLWRBAND"}, {unix.EPOLLMSG, "EPOLLMSG"},
	{unix.EPOLLERR, "EPOLLERR"}, {unix.EPOLLHUP, "EPOLLHUP"}, {unix.EPOLLRDHUP, "EPOLLRDHUP"}, {unix.EPOLLEXCLUSIVE, "EPOLLEXCLUSIVE"},
	{unix.EPOLLWAKEUP, "EPOLLWAKEUP"}, {unix.EPOLLONESHOT, "EPOLLONESHOT"}, {unix.EPOLLET & 0xffffffff, "EPOLLET"}, {0, "EPOLL???"},
}

var epollOperations = names{
	{unix.EPOLL_CTL_ADD, "EPOLL_CTL_ADD"}, {unix.EPOLL_CTL_DEL, "EPOLL_CTL_DEL"}, {unix.EPOLL_CTL_MOD, "EPOLL_CTL_MOD"}, {0, "EPOLL_CTL_???"},
}

// pollfdLen is the size of struct pollfd.
const pollfdLen = 8

func pollIn(c *Call, i int) string {
	if c.raw[i] == 0 {
		return "NULL"
	}
	s, _ := c.list(c.raw[i], c.raw[i+1]&0xffffffff, pollfdLen, func(b []byte) string {
		if word(b) < 0 {
			return fmt.Sprintf("{fd=%d}", word(b))
		}
		return fmt.Sprintf("{fd=%d, events=%s}", word(b), pollEvents.flags(uint64(half(b[4:]))))
	})
	return s
}

// pollText says which events came, and of ppoll how much time was left.
func pollText(c *Call) string {
	if c.n == 0 {
		return "(Timeout)"
	}
	if c.n < 0 {
		return ""
	}
	b, ok := c.bytes(c.raw[0], int(min(c.raw[1]&0xffffffff, maxPolled))*pollfdLen)
	if !ok {
		return ""
	}
	var all []string
	for ; len(b) >= pollfdLen && len(all) < previewLen; b = b[pollfdLen:] {
		if came := half(b[6:]); came != 0 {
			all = append(all, fmt.Sprintf("{fd=%d, revents=%s}", word(b), pollEvents.flags(uint64(came))))
		}
	}
	text := "[" + strings.Join(all, ", ") + "]"
	if c.Name == "ppoll" && c.raw[2] != 0 {
		text += ", left " + c.time(c.raw[2], timespec)
	}
	return "(" + text + ")"
}

// maxPolled is how many descriptors of a poll are looked at for events.
const maxPolled = 1024

// time writes the 16 bytes of a time at the address.
func (c *Call) time(at uint64, write func(*Call, []byte) string) string {
	b, ok := c.bytes(at, 16)
	if !ok {
		return address(at)
	}
	return write(c, b)
}

func timespecIn(c *Call, i int) string { return c.time(c.raw[i], timespec) }
func timevalIn(c *Call, i int) string  { return c.time(c.raw[i], timeval) }

// maxSet is how many descriptors a set of select has room for.
const maxSet = 1024

// set writes a set of descriptors; it has room for as many as argument 0
// says.
func (c *Call) set(at uint64) (string, bool) {
	room := int(min(max(int32(c.raw[0]), 0), maxSet))
	b, ok := c.bytes(at, (room+63)/64*8)
	if !ok {
		return address(at), false
	}
	var all []string
	for at := range b {
		for rest := b[at]; rest != 0; rest &= rest - 1 {
			if fd := at*8 + bits.TrailingZeros8(rest); fd < room {
				all = append(all, fmt.Sprint(fd))
			}
		}
	}
	return "[" + strings.Join(all, " ") + "]", len(all) > 0
}

func setIn(c *Call, i int) string {
	s, _ := c.set(c.raw[i])
	return s
}

// selectText says which descriptors are ready, and how much time was left.
func selectText(c *Call) string {
	if c.n < 0 {
		return ""
	}
	var all []string
	for i, name := range []string{1: "in ", 2: "out ", 3: "except "} {
		if name == "" || c.n == 0 {
			continue
		}
		if s, some := c.set(c.raw[i]); some {
			all = append(all, name+s)
		}
	}
	if c.n == 0 {
		return "(Timeout)"
	}
	if c.raw[4] != 0 {
		write := timeval
		if c.Name == "pselect6" {
			write = timespec
		}
		all = append(all, "left "+c.time(c.raw[4], write))
	}
	if len(all) == 0 {
		return ""
	}
	return "(" + strings.Join(all, ", ") + ")"
}

// selectMask writes what pselect6 points to: a signal mask and its size.
func selectMask(c *Call, i int) string {
	b, ok := c.bytes(c.raw[i], 16)
	if !ok {
		return pointer(c, i)
	}
	if long(b) == 0 {
		return fmt.Sprintf("{sigmask=NULL, sigsetsize=%d}", long(b[8:]))
	}
	return fmt.Sprintf("{sigmask=%s, sigsetsize=%d}", c.signalSet(uint64(long(b))), long(b[8:]))
}

// epollEventLen is the size of struct epoll_event, which only amd64 packs.
func epollEventLen() (size, data int) {
	if packedEpoll {
		return 12, 4
	}
	return 16, 8
}

func (c *Call) epollEvent(b []byte) string {
	_, data := epollEventLen()
	return fmt.Sprintf("{events=%s, data={u32=%d, u64=%d}}", epollEvents.flags(uint64(uword(b))), uword(b[data:]), uint64(long(b[data:])))
}

func epollEventIn(c *Call, i int) string {
	size, _ := epollEventLen()
	b, ok := c.bytes(c.raw[i], size)
	if !ok {
		return pointer(c, i)
	}
	return c.epollEvent(b)
}

func epollEventsOut(c *Call, i int) string {
	if !c.ok() {
		return pointer(c, i)
	}
	size, _ := epollEventLen()
	s, _ := c.list(c.raw[i], uint64(c.n), size, c.epollEvent)
	return s
}
