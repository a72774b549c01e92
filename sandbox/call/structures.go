//go:build linux

package call

import (
	"encoding/binary"
	"fmt"
	"strings"

	"golang.org/x/sys/unix"
)

func optionIn(c *Call, i int) string { return c.option(i, int(int32(c.raw[4]))) }

func optionOut(c *Call, i int) string {
	n, ok := c.int32At(c.raw[4])
	if !c.ok() || !ok {
		return pointer(c, i)
	}
	return c.option(i, int(n))
}

// option writes the value of a socket option.
func (c *Call) option(i, n int) string {
	b, ok := c.bytes(c.raw[i], min(n, 256))
	if !ok {
		return pointer(c, i)
	}
	switch {
	case c.raw[1] == unix.SOL_SOCKET && c.raw[2] == unix.SO_LINGER && n == 8:
		return fmt.Sprintf("{l_onoff=%d, l_linger=%d}", word(b), word(b[4:]))
	case c.raw[1] == unix.SOL_SOCKET && c.raw[2] == unix.SO_ERROR && n == 4 && word(b) != 0:
		return "[" + unix.ErrnoName(unix.Errno(word(b))) + "]"
	case c.raw[1] == unix.SOL_TCP && c.raw[2] == unix.TCP_CONGESTION:
		return Quote([]byte(strings.TrimRight(string(b), "\x00")))
	case n == 4:
		return fmt.Sprintf("[%d]", word(b))
	}
	return Quote(b)
}

func word(b []byte) int32 { return int32(binary.NativeEndian.Uint32(b)) }

// maxPoll is how many descriptors of a poll are shown.
const maxPoll = 32

// pollfd is the size of struct pollfd.
const pollfdLen = 8

func (c *Call) pollfds() ([]byte, bool) {
	return c.bytes(c.raw[0], int(min(c.raw[1], maxPoll))*pollfdLen)
}

func pollIn(c *Call, i int) string {
	b, ok := c.pollfds()
	if !ok {
		return pointer(c, i)
	}
	var all []string
	for ; len(b) >= pollfdLen; b = b[pollfdLen:] {
		all = append(all, fmt.Sprintf("{fd=%d, events=%s}", word(b), pollEvents.flags(uint64(binary.NativeEndian.Uint16(b[4:])))))
	}
	return "[" + strings.Join(all, ", ") + "]"
}

// pollText says which events came.
func pollText(c *Call) string {
	b, ok := c.pollfds()
	if c.n == 0 {
		return "(Timeout)"
	}
	if !ok || c.n < 0 {
		return ""
	}
	var all []string
	for ; len(b) >= pollfdLen; b = b[pollfdLen:] {
		if came := binary.NativeEndian.Uint16(b[6:]); came != 0 {
			all = append(all, fmt.Sprintf("{fd=%d, revents=%s}", word(b), pollEvents.flags(uint64(came))))
		}
	}
	return "([" + strings.Join(all, ", ") + "])"
}

func timespec(c *Call, i int) string {
	b, ok := c.bytes(c.raw[i], 16)
	if !ok {
		return pointer(c, i)
	}
	return fmt.Sprintf("{tv_sec=%d, tv_nsec=%d}", int64(binary.NativeEndian.Uint64(b)), int64(binary.NativeEndian.Uint64(b[8:])))
}

func messageIn(c *Call, i int) string { return c.message(i, -1) }

func messageOut(c *Call, i int) string {
	if !c.ok() {
		return pointer(c, i)
	}
	return c.message(i, c.n)
}

// message writes a struct msghdr on a 64-bit machine; n is how many bytes of
// its buffers are filled, -1 all.
func (c *Call) message(i int, n int64) string {
	const msghdrLen, maxVectors = 56, 8
	h, ok := c.bytes(c.raw[i], msghdrLen)
	if !ok {
		return pointer(c, i)
	}
	at := func(offset int) uint64 { return binary.NativeEndian.Uint64(h[offset:]) }
	name := "NULL"
	if b, ok := c.bytes(at(0), int(min(uint64(binary.NativeEndian.Uint32(h[8:])), maxAddress))); ok && len(b) >= 2 {
		name = Address(b)
	}
	vectors, _ := c.bytes(at(16), int(min(at(24), maxVectors))*16)
	return fmt.Sprintf("{msg_name=%s, msg_namelen=%d, msg_iov=[%s], msg_iovlen=%d, msg_controllen=%d, msg_flags=%s}",
		name, binary.NativeEndian.Uint32(h[8:]), c.vectors(vectors, n), at(24), at(40), messageFlagNames.flags(uint64(binary.NativeEndian.Uint32(h[48:]))))
}

func (c *Call) vectors(b []byte, n int64) string {
	var all []string
	for ; len(b) >= 16; b = b[16:] {
		base, length := binary.NativeEndian.Uint64(b), int64(binary.NativeEndian.Uint64(b[8:]))
		filled := length
		if n >= 0 {
			filled = min(n, length)
			n -= filled
		}
		data, ok := c.bytes(base, int(min(filled, previewLen)))
		text := fmt.Sprintf("%#x", base)
		if ok {
			text = Quote(data)
		}
		if filled > previewLen {
			text += "..."
		}
		all = append(all, fmt.Sprintf("{iov_base=%s, iov_len=%d}", text, length))
	}
	return strings.Join(all, ", ")
}
