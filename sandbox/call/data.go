//go:build linux

package call

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
)

// previewLen is how many bytes of data, and how many elements of a list, are
// shown, as in strace.
const previewLen = 32

// dataIn writes data that the call is given: argument i points to it, the
// next one is its length.
func dataIn(c *Call, i int) string { return c.data(c.raw[i], c.raw[i+1]) }

// dataOut writes data that the call filled in: as much as its result says.
func dataOut(c *Call, i int) string {
	if !c.ok() {
		return pointer(c, i)
	}
	return c.data(c.raw[i], min(uint64(c.n), c.raw[i+1])) // with MSG_TRUNC the result may be more
}

func (c *Call) data(at, n uint64) string {
	b, ok := c.bytes(at, int(min(n, previewLen)))
	if !ok {
		return address(at)
	}
	s := Quote(b)
	if n > previewLen {
		s += "..."
	}
	return s
}

// Quote writes bytes as a C string, as strace does: octal where there is no
// shorter way.
func Quote(b []byte) string {
	s := []byte{'"'}
	for i, c := range b {
		if short, ok := escapes[c]; ok {
			s = append(s, '\\', short)
			continue
		}
		if c >= ' ' && c < 0x7f {
			s = append(s, c)
			continue
		}
		octal := strconv.FormatUint(uint64(c), 8)
		if i+1 < len(b) && b[i+1] >= '0' && b[i+1] <= '7' {
			octal = fmt.Sprintf("%03o", c) // a digit that follows must not be read as part of it
		}
		s = append(append(s, '\\'), octal...)
	}
	return string(append(s, '"'))
}

var escapes = map[byte]byte{'\n': 'n', '\r': 'r', '\t': 't', '\v': 'v', '\f': 'f', '"': '"', '\\': '\\'}

// maxPath is the length of the longest path.
const maxPath = 4096

// text reads a string that ends with a zero; it may lie just before memory
// that cannot be read.
func (c *Call) text(at uint64) (string, bool) {
	const page = 4096
	var s []byte
	for len(s) < maxPath {
		n := min(int(page-at%page), maxPath-len(s))
		b, ok := c.bytes(at, n)
		if !ok {
			return "", false
		}
		if end := bytes.IndexByte(b, 0); end >= 0 {
			return string(append(s, b[:end]...)), true
		}
		s, at = append(s, b...), at+uint64(n)
	}
	return string(s), true
}

func path(c *Call, i int) string {
	s, ok := c.text(c.raw[i])
	if !ok {
		return pointer(c, i)
	}
	return Quote([]byte(s))
}

// list writes the n elements of size bytes at the address, no more than are
// shown.
func (c *Call) list(at, n uint64, size int, element func(b []byte) string) (string, bool) {
	b, ok := c.bytes(at, int(min(n, previewLen))*size)
	if !ok {
		return address(at), false
	}
	var all []string
	for ; len(b) >= size; b = b[size:] {
		all = append(all, element(b[:size]))
	}
	if n > previewLen {
		all = append(all, "...")
	}
	return "[" + strings.Join(all, ", ") + "]", true
}

// iovecLen is the size of struct iovec.
const iovecLen = 16

// vectors writes n structs iovec, of whose buffers as many bytes are filled;
// all when that is negative.
func (c *Call) vectors(at, n uint64, filled int64) string {
	s, _ := c.list(at, n, iovecLen, func(b []byte) string {
		base, length := uint64(long(b)), uint64(long(b[8:]))
		show := length
		if filled >= 0 {
			show = min(uint64(filled), length)
			filled -= int64(show)
		}
		return fmt.Sprintf("{iov_base=%s, iov_len=%d}", c.data(base, show), length)
	})
	return s
}

func vectorsIn(c *Call, i int) string { return c.vectors(c.raw[i], c.raw[i+1], -1) }

func vectorsOut(c *Call, i int) string {
	if !c.ok() {
		s, _ := c.list(c.raw[i], c.raw[i+1], iovecLen, func(b []byte) string {
			return fmt.Sprintf("{iov_base=%s, iov_len=%d}", address(uint64(long(b))), uint64(long(b[8:])))
		})
		return s
	}
	return c.vectors(c.raw[i], c.raw[i+1], c.n)
}

// pairOut writes the two descriptors that a call made.
func pairOut(c *Call, i int) string {
	b, ok := c.bytes(c.raw[i], 8)
	if !ok || !c.ok() {
		return pointer(c, i)
	}
	return fmt.Sprintf("[%d, %d]", word(b), word(b[4:]))
}

// pair are the two descriptors that argument i points to.
func pair(i int) func(*Call) []int {
	return func(c *Call) []int {
		b, ok := c.bytes(c.raw[i], 8)
		if !ok {
			return nil
		}
		return []int{int(word(b)), int(word(b[4:]))}
	}
}
