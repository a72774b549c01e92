//go:build linux

package unwind

import "encoding/binary"

// cursor reads a record. Beyond its end everything is 0.
type cursor struct {
	b       []byte
	at      int
	section uint64 // address of b's first byte
}

func (c *cursor) bytes(n int) []byte {
	b := make([]byte, n)
	if c.at >= 0 && c.at <= len(c.b) {
		copy(b, c.b[c.at:])
	}
	c.at += n
	return b
}

func (c *cursor) over() bool { return c.at < 0 || c.at >= len(c.b) }

func (c *cursor) byte() byte     { return c.bytes(1)[0] }
func (c *cursor) uint16() uint16 { return binary.LittleEndian.Uint16(c.bytes(2)) }
func (c *cursor) uint32() uint32 { return binary.LittleEndian.Uint32(c.bytes(4)) }
func (c *cursor) uint64() uint64 { return binary.LittleEndian.Uint64(c.bytes(8)) }

func (c *cursor) rest() []byte {
	if c.over() {
		return nil
	}
	return c.b[c.at:]
}

func (c *cursor) text() (s string) {
	for b := c.byte(); b != 0; b = c.byte() {
		s += string(rune(b))
	}
	return s
}

// unsigned reads a number in LEB128.
func (c *cursor) unsigned() (n uint64) {
	for shift := 0; shift < 64; shift += 7 {
		b := c.byte()
		n |= uint64(b&0x7f) << shift
		if b&0x80 == 0 {
			break
		}
	}
	return n
}

func (c *cursor) signed() (n int64) {
	for shift := 0; shift < 64; shift += 7 {
		b := c.byte()
		n |= int64(b&0x7f) << shift
		if b&0x80 == 0 {
			if b&0x40 != 0 && shift+7 < 64 {
				n |= -1 << (shift + 7)
			}
			break
		}
	}
	return n
}

// pointer reads a pointer that is encoded as the byte says: its size in the
// low half, in the high one what it is relative to.
func (c *cursor) pointer(encoding byte) uint64 {
	const relativeToItself = 0x10
	base := uint64(0)
	if encoding&0x70 == relativeToItself {
		base = c.section + uint64(c.at)
	}
	switch encoding & 0x0f {
	case 0x01:
		return base + c.unsigned()
	case 0x02:
		return base + uint64(c.uint16())
	case 0x03:
		return base + uint64(c.uint32())
	case 0x09:
		return base + uint64(c.signed())
	case 0x0a:
		return base + uint64(int64(int16(c.uint16())))
	case 0x0b:
		return base + uint64(int64(int32(c.uint32())))
	}
	return base + c.uint64()
}
