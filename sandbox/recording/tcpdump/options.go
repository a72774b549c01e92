package tcpdump

import "encoding/binary"

// The options of TCP that have a form of their own.
const (
	optionEnd       = 0
	optionNop       = 1
	optionMSS       = 2
	optionScale     = 3
	optionSACKOK    = 4
	optionSACK      = 5
	optionTimestamp = 8
	optionMD5       = 19
	optionFastOpen  = 34
)

// options prints the options in b, which has fewer bytes than the header
// says when the packet is cut short; false means that they are malformed.
func (p *printer) options(b []byte, length int, other uint32) bool {
	for at := 0; at < length && !p.short; {
		if at > 0 {
			p.print(",")
		}
		kind, size := p.u8(b, at), 1
		if kind != optionEnd && kind != optionNop {
			size = int(p.u8(b, at+1))
			if !p.short && (size < 2 || at+size > length) {
				p.print("[bad opt]")
				if at > 0 {
					p.print("]")
				}
				return false
			}
		}
		if p.bytes(b, at, size); p.short {
			return true
		}
		p.option(kind, b[min(at+2, at+size):at+size], other)
		if kind == optionEnd {
			return true
		}
		at += size
	}
	return true
}

func (p *printer) option(kind uint8, data []byte, other uint32) {
	switch n := len(data); {
	case kind == optionEnd:
		p.print("eol")
	case kind == optionNop:
		p.print("nop")
	case kind == optionMSS && n == 2:
		p.print("mss %d", binary.BigEndian.Uint16(data))
	case kind == optionScale && n == 1:
		p.print("wscale %d", data[0])
	case kind == optionSACKOK && n == 0:
		p.print("sackOK")
	case kind == optionSACK && n%8 == 0:
		p.sack(data, other)
	case kind == optionTimestamp && n == 8:
		p.print("TS val %d ecr %d", binary.BigEndian.Uint32(data), binary.BigEndian.Uint32(data[4:]))
	case kind == optionMD5 && n == 16:
		p.print("md5 can't check - %x", data)
	case kind == optionFastOpen:
		p.fastOpen(data)
	case n == 0:
		p.print("unknown-%d", kind)
	default:
		p.print("unknown-%d 0x%x", kind, data)
	}
}

// sack prints blocks that have arrived out of order, counted from where the
// other end began.
func (p *printer) sack(data []byte, other uint32) {
	p.print("sack %d ", len(data)/8)
	for ; len(data) >= 8; data = data[8:] {
		p.print("{%d:%d}", binary.BigEndian.Uint32(data)-other, binary.BigEndian.Uint32(data[4:])-other)
	}
}

// fastOpen prints the option of RFC 7413.
func (p *printer) fastOpen(cookie []byte) {
	p.print("tfo ")
	switch n := len(cookie); {
	case n == 0:
		p.print(" cookiereq")
	case n%2 != 0 || n < 4 || n > 16:
		p.print(" (invalid)")
	default:
		p.print(" cookie %x", cookie)
	}
}
